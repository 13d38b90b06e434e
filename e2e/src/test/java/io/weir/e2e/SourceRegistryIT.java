package io.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.storage.CassandraConnection;
import io.weir.storage.SourceId;
import io.weir.storage.SourceRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SourceRegistryIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final int PARTITIONS = 12;

    private static Keyspace keyspace;

    @BeforeAll
    static void prepare() {
        keyspace = new Keyspace(NODE, "source_registry_it");
    }

    @AfterAll
    static void drop() {
        keyspace.close();
    }

    @Test
    void registriesOfSeveralProcessesAgreeOnGaplessNumbers() throws Exception {
        int processes = 4;
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        List<Callable<List<SourceId>>> registrations = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            registrations.add(() -> {
                try (CassandraConnection connection = NODE.connect("source_registry_it")) {
                    SourceRegistry registry = new SourceRegistry(connection);
                    return IntStream.range(0, PARTITIONS)
                            .mapToObj(partition -> registry.register("readings", "first", partition))
                            .toList();
                }
            });
        }
        List<List<SourceId>> answers = new ArrayList<>();
        for (Future<List<SourceId>> answer : threads.invokeAll(registrations)) {
            answers.add(answer.get());
        }
        threads.shutdown();

        assertThat(answers).containsOnly(answers.get(0));
        SourceRegistry registry = new SourceRegistry(keyspace.connection());
        assertThat(registry.readAll()).hasSize(PARTITIONS).hasSameElementsAs(answers.get(0));
        assertThat(registry.readAll())
                .extracting(SourceId::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, PARTITIONS).boxed().toList());

        SourceId recreated = registry.register("readings", "second", 0);
        assertThat(recreated).isEqualTo(new SourceId(PARTITIONS + 1, "readings", "second", 0));
        assertThat(registry.register("readings", "second", 0)).isEqualTo(recreated);
        assertThat(new SourceRegistry(keyspace.connection()).register("readings", "second", 0))
                .isEqualTo(recreated);
    }
}
