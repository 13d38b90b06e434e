#!/bin/sh
# sh produce-kcat.sh 127.0.0.1:9092 readings

set -eu

# One record a line: the device, a tab, the reading. librdkafka's default, consistent_random, hashes keys by CRC-32.
for i in $(seq 0 49); do
  printf 'sensor-%d\t{"device":"sensor-%d","metric":"temperature","time":"%s","value":21.5}\n' \
    "$i" "$i" "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
done | kcat -P -b "$1" -t "$2" -K '\t' -X acks=all -X enable.idempotence=true -X topic.partitioner=murmur2_random
