// java -cp 'kafka-clients.jar:slf4j-api.jar' ReadingProducer.java 127.0.0.1:9092 readings

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

class ReadingProducer {

    public static void main(String[] args) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", args[0],
                "acks", "all",
                "enable.idempotence", true);
        // Neither partitioner.class nor partitioner.ignore.keys is set: the default is murmur2 of the key.
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 50; i++) {
                String device = "sensor-" + i;
                String reading = String.format(
                        "{\"device\":\"%s\",\"metric\":\"temperature\",\"time\":\"%s\",\"value\":21.5}",
                        device, Instant.now());
                producer.send(new ProducerRecord<>(args[1], device, reading), (metadata, error) -> {
                    if (error != null) {
                        System.err.println(device + " was not sent: " + error);
                    }
                });
            }
        }
    }
}
