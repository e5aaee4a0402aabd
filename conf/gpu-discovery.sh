#!/bin/sh
# Tells Spark which GPUs a worker or an executor has, as spark.worker.resource.gpu.discoveryScript or
# spark.executor.resource.gpu.discoveryScript: {"name": "gpu", "addresses": ["0", "1"]}. An address
# is what CUDA calls a device's ordinal: it counts from 0 through CUDA_VISIBLE_DEVICES where that is
# set, whatever numbers or names it holds, and through all GPUs where it is not.
set -eu

if [ -n "${CUDA_VISIBLE_DEVICES+set}" ]; then
  # CUDA takes no notice of what follows an empty entry or -1.
  count=$(printf '%s\n' "$CUDA_VISIBLE_DEVICES" | tr ',' '\n' | sed '/^ *-1 *$/,$d; /^ *$/,$d' | wc -l)
else
  gpus=$(nvidia-smi --query-gpu=index --format=csv,noheader)
  count=$(printf '%s' "$gpus" | grep -c . || true)
fi

addresses=
i=0
while [ "$i" -lt "$count" ]; do
  addresses="$addresses${addresses:+, }\"$i\""
  i=$((i + 1))
done
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
