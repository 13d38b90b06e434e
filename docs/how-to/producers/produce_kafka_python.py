# python3 produce_kafka_python.py 127.0.0.1:9092 readings

import json
import sys
import time

from kafka import KafkaProducer

bootstrap, topic = sys.argv[1:]

# The default partitioner is murmur2 of the key, as Java's is.
producer = KafkaProducer(
    bootstrap_servers=bootstrap,
    acks="all",
    retries=5,
    max_in_flight_requests_per_connection=1,
    key_serializer=str.encode,
    value_serializer=lambda reading: json.dumps(reading).encode(),
)

sent = []
for i in range(50):
    device = f"sensor-{i}"
    reading = {"device": device, "metric": "temperature", "time": int(time.time() * 1000), "value": 21.5}
    sent.append(producer.send(topic, key=device, value=reading))
for future in sent:
    future.get(timeout=30)
