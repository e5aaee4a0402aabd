/** Logging of finished runs to an MLflow tracking server. */
package org.latentsweep.mlflow;
