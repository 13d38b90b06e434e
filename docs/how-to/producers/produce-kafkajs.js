// node produce-kafkajs.js 127.0.0.1:9092 readings

const { Kafka, Partitioners } = require('kafkajs')

const [bootstrap, topic] = process.argv.slice(2)

async function main() {
  const kafka = new Kafka({ clientId: 'readings', brokers: bootstrap.split(',') })
  const producer = kafka.producer({
    idempotent: true,
    // Version 2's default: murmur2. In version 1 it is Partitioners.JavaCompatiblePartitioner.
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  const messages = Array.from({ length: 50 }, (_, i) => {
    const device = `sensor-${i}`
    const reading = { device, metric: 'temperature', time: new Date().toISOString(), value: 21.5 }
    return { key: device, value: JSON.stringify(reading) }
  })
  await producer.send({ topic, acks: -1, messages })
  await producer.disconnect()
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
