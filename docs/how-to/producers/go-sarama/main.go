// go run . 127.0.0.1:9092 readings
package main

import (
	"encoding/binary"
	"fmt"
	"hash"
	"log"
	"os"
	"strings"
	"time"

	"github.com/IBM/sarama"
)

func main() {
	config := sarama.NewConfig()
	config.Version = sarama.V2_1_0_0
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Producer.Idempotent = true
	config.Net.MaxOpenRequests = 1
	config.Producer.Return.Successes = true
	// NewHashPartitioner, the default, and NewReferenceHashPartitioner are FNV-1a.
	config.Producer.Partitioner = sarama.NewCustomPartitioner(
		sarama.WithAbsFirst(),
		sarama.WithCustomHashFunction(newMurmur2),
	)
	producer, err := sarama.NewSyncProducer(strings.Split(os.Args[1], ","), config)
	if err != nil {
		log.Fatal(err)
	}
	for i := 0; i < 50; i++ {
		device := fmt.Sprintf("sensor-%d", i)
		reading := fmt.Sprintf(`{"device":%q,"metric":"temperature","time":%d,"value":21.5}`,
			device, time.Now().UnixNano()/1e6)
		_, _, err := producer.SendMessage(&sarama.ProducerMessage{
			Topic: os.Args[2],
			Key:   sarama.StringEncoder(device),
			Value: sarama.StringEncoder(reading),
		})
		if err != nil {
			log.Fatalf("%s was not sent: %v", device, err)
		}
	}
	if err := producer.Close(); err != nil {
		log.Fatal(err)
	}
}

// murmur2 is the hash of org.apache.kafka.common.utils.Utils.murmur2.
type murmur2 struct{ data []byte }

func newMurmur2() hash.Hash32 { return &murmur2{} }

func (h *murmur2) Write(p []byte) (int, error) {
	h.data = append(h.data, p...)
	return len(p), nil
}

func (h *murmur2) Reset() { h.data = h.data[:0] }

func (h *murmur2) Size() int { return 4 }

func (h *murmur2) BlockSize() int { return 4 }

func (h *murmur2) Sum(b []byte) []byte {
	sum := make([]byte, 4)
	binary.BigEndian.PutUint32(sum, h.Sum32())
	return append(b, sum...)
}

func (h *murmur2) Sum32() uint32 {
	const m = 0x5bd1e995
	data := h.data
	sum := uint32(0x9747b28c) ^ uint32(len(data))
	for ; len(data) >= 4; data = data[4:] {
		k := binary.LittleEndian.Uint32(data) * m
		k ^= k >> 24
		sum = sum*m ^ k*m
	}
	for i := len(data) - 1; i >= 0; i-- {
		sum ^= uint32(data[i]) << (8 * uint(i))
	}
	if len(data) > 0 {
		sum *= m
	}
	sum ^= sum >> 13
	sum *= m
	return sum ^ sum>>15
}
