/* cc produce.c -o produce $(pkg-config --cflags --libs rdkafka) && ./produce 127.0.0.1:9092 readings */

#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int unsent;

static void report(rd_kafka_t *producer, const rd_kafka_message_t *message, void *opaque) {
    (void)producer;
    (void)opaque;
    if (message->err) {
        unsent++;
        fprintf(stderr, "%.*s was not sent: %s\n", (int)message->key_len, (const char *)message->key,
                rd_kafka_err2str(message->err));
    }
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
    char error[512];
    if (rd_kafka_conf_set(conf, name, value, error, sizeof error) != RD_KAFKA_CONF_OK) {
        fprintf(stderr, "%s\n", error);
        exit(1);
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: produce BOOTSTRAP TOPIC\n");
        return 2;
    }
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", argv[1]);
    set(conf, "acks", "all");
    set(conf, "enable.idempotence", "true");
    /* The default, consistent_random, hashes keys by CRC-32. */
    set(conf, "partitioner", "murmur2_random");
    rd_kafka_conf_set_dr_msg_cb(conf, report);

    char error[512];
    rd_kafka_t *producer = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
    if (!producer) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    for (int i = 0; i < 50; i++) {
        char device[32];
        char reading[256];
        snprintf(device, sizeof device, "sensor-%d", i);
        snprintf(reading, sizeof reading,
                 "{\"device\":\"%s\",\"metric\":\"temperature\",\"time\":%lld,\"value\":21.5}", device,
                 (long long)time(NULL) * 1000);
        rd_kafka_resp_err_t err =
            rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(argv[2]), RD_KAFKA_V_KEY(device, strlen(device)),
                              RD_KAFKA_V_VALUE(reading, strlen(reading)), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                              RD_KAFKA_V_END);
        if (err) {
            unsent++;
            fprintf(stderr, "%s was not sent: %s\n", device, rd_kafka_err2str(err));
        }
    }
    int late = rd_kafka_flush(producer, 30000) != RD_KAFKA_RESP_ERR_NO_ERROR;
    rd_kafka_destroy(producer);
    return late || unsent > 0;
}
