// go run . 127.0.0.1:9092 readings
package main

import (
	"fmt"
	"log"
	"os"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

func main() {
	topic := os.Args[2]
	producer, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":  os.Args[1],
		"acks":               "all",
		"enable.idempotence": true,
		// librdkafka's default, consistent_random, hashes keys by CRC-32.
		"partitioner": "murmur2_random",
	})
	if err != nil {
		log.Fatal(err)
	}
	defer producer.Close()

	delivered := make(chan kafka.Event, 50)
	for i := 0; i < 50; i++ {
		device := fmt.Sprintf("sensor-%d", i)
		reading := fmt.Sprintf(`{"device":%q,"metric":"temperature","time":%d,"value":21.5}`,
			device, time.Now().UnixNano()/1e6)
		err := producer.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Key:            []byte(device),
			Value:          []byte(reading),
		}, delivered)
		if err != nil {
			log.Fatal(err)
		}
	}
	for i := 0; i < 50; i++ {
		if message := (<-delivered).(*kafka.Message); message.TopicPartition.Error != nil {
			log.Fatalf("%s was not sent: %v", message.Key, message.TopicPartition.Error)
		}
	}
}
