// go run . 127.0.0.1:9092 readings
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"
)

func main() {
	writer := &kafka.Writer{
		Addr:         kafka.TCP(strings.Split(os.Args[1], ",")...),
		Topic:        os.Args[2],
		RequiredAcks: kafka.RequireAll,
		// The default is round robin, whatever the key; kafka.Hash is FNV-1a, and kafka.CRC32Balancer is CRC-32.
		Balancer: kafka.Murmur2Balancer{},
	}
	messages := make([]kafka.Message, 50)
	for i := range messages {
		device := fmt.Sprintf("sensor-%d", i)
		reading := fmt.Sprintf(`{"device":%q,"metric":"temperature","time":%d,"value":21.5}`,
			device, time.Now().UnixNano()/1e6)
		messages[i] = kafka.Message{Key: []byte(device), Value: []byte(reading)}
	}
	if err := writer.WriteMessages(context.Background(), messages...); err != nil {
		log.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		log.Fatal(err)
	}
}
