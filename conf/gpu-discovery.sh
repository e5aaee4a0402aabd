#!/bin/sh
# Tells Spark which GPUs a worker or an executor has. Name it in
# spark.worker.resource.gpu.discoveryScript or spark.executor.resource.gpu.discoveryScript. It prints,
# for example, {"name": "gpu", "addresses": ["0", "1"]}. An address is what CUDA calls the ordinal of a
# device. If CUDA_VISIBLE_DEVICES is set, it is an index from 0 into that list, whatever numbers or
# names the list contains. Otherwise it is an index into all GPUs.
set -eu

if [ -n "${CUDA_VISIBLE_DEVICES+set}" ]; then
  # CUDA ignores everything after an empty entry or -1.
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
