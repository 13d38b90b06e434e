package io.weir.metricconsumer.kafka;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PollBudgetTest {

    private static final Headers NONE = new RecordHeaders();

    private final PollBudget budget = new PollBudget();

    @Test
    void aPollHasRecordsUpToTheLimit() {
        spend(1, NONE, 9);
        spend(0, NONE, PollBudget.BYTES - 10);
        assertNoRoom(() -> budget.spendOnValue(1));
        budget.reset();
        budget.spendOnValue(1);
    }

    /** Otherwise the partition of the record would stand still. */
    @Test
    void theFirstRecordMayBeLarger() {
        spend(PollBudget.BYTES, NONE, PollBudget.BYTES);
        assertNoRoom(() -> budget.spendOnKey(1, NONE));
    }

    @Test
    void keysOfRecordsWithoutAValueCount() {
        budget.spendOnKey(PollBudget.BYTES - 10, NONE);
        budget.spendOnKey(10, NONE);
        assertNoRoom(() -> budget.spendOnKey(1, NONE));
    }

    @Test
    void headersCount() {
        Headers headers =
                new RecordHeaders().add("name", new byte[PollBudget.BYTES - 20]).add("none", null);
        spend(1, NONE, 1);
        budget.spendOnKey(10, headers);
        assertNoRoom(() -> budget.spendOnValue(1));
        assertNoRoom(() -> budget.spendOnKey(11, headers));
    }

    /** The client deserializes the record again, key first, which must count once. */
    @Test
    void aRecordThatIsPutOffIsCountedInTheNextPoll() {
        spend(1, NONE, 1);
        budget.spendOnKey(10, NONE);
        assertNoRoom(() -> budget.spendOnValue(PollBudget.BYTES));
        budget.reset();
        spend(10, NONE, PollBudget.BYTES - 20);
        spend(4, NONE, 6);
        assertNoRoom(() -> budget.spendOnValue(1));
    }

    private void spend(int key, Headers headers, int value) {
        budget.spendOnKey(key, headers);
        budget.spendOnValue(value);
    }

    private static void assertNoRoom(Runnable spending) {
        assertThatExceptionOfType(SerializationException.class).isThrownBy(spending::run);
    }
}
