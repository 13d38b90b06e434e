# python3 produce_confluent_kafka.py 127.0.0.1:9092 readings

import json
import sys
import time

from confluent_kafka import Producer

bootstrap, topic = sys.argv[1:]

producer = Producer({
    "bootstrap.servers": bootstrap,
    "acks": "all",
    "enable.idempotence": True,
    # librdkafka's default, consistent_random, hashes keys by CRC-32.
    "partitioner": "murmur2_random",
})


def report(error, message):
    if error is not None:
        print(f"{message.key()} was not sent: {error}", file=sys.stderr)


for i in range(50):
    device = f"sensor-{i}"
    reading = {"device": device, "metric": "temperature", "time": int(time.time() * 1000), "value": 21.5}
    producer.produce(topic, key=device, value=json.dumps(reading), on_delivery=report)
sys.exit(producer.flush(30))
