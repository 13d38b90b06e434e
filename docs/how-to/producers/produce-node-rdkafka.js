// node produce-node-rdkafka.js 127.0.0.1:9092 readings

const Kafka = require('node-rdkafka')

const [bootstrap, topic] = process.argv.slice(2)

const producer = new Kafka.Producer(
  { 'metadata.broker.list': bootstrap, 'enable.idempotence': true, dr_cb: true },
  // librdkafka's default, consistent_random, hashes keys by CRC-32.
  { acks: -1, partitioner: 'murmur2_random' },
)

let unsent = 0

producer.on('delivery-report', (error, report) => {
  if (error) {
    unsent++
    console.error(`${report.key} was not sent: ${error}`)
  }
})

producer.on('event.error', (error) => console.error(error))

producer.connect({}, (error) => {
  if (error) {
    console.error(error)
    process.exit(1)
  }
  producer.setPollInterval(100)
  for (let i = 0; i < 50; i++) {
    const device = `sensor-${i}`
    const reading = { device, metric: 'temperature', time: new Date().toISOString(), value: 21.5 }
    producer.produce(topic, null, Buffer.from(JSON.stringify(reading)), device)
  }
  producer.flush(30000, (error) => {
    producer.disconnect(() => process.exit(error || unsent > 0 ? 1 : 0))
  })
})
