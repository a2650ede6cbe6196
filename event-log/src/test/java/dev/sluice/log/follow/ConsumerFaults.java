package dev.sluice.log.follow;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/// What a broker reports now and then, on top of real consumers.
final class ConsumerFaults {
    private final AtomicReference<@Nullable RuntimeException> nextPoll = new AtomicReference<>();
    private final AtomicInteger shortEnds = new AtomicInteger();

    /// The next poll throws this.
    void failNextPoll(RuntimeException e) {
        nextPoll.set(e);
    }

    /// So many questions for the ends of partitions are answered as right after a change of leader: each seems to end at zero.
    void reportShortEnds(int times) {
        shortEnds.set(times);
    }

    boolean areOver() {
        return nextPoll.get() == null && shortEnds.get() <= 0;
    }

    @SuppressWarnings("unchecked")
    Consumer<String, byte[]> around(Consumer<String, byte[]> real) {
        InvocationHandler handler = (_, method, arguments) -> {
            RuntimeException failure = method.getName().equals("poll") && !real.assignment().isEmpty() ? nextPoll.getAndSet(null) : null;
            if (failure != null) {
                throw failure;
            }
            try {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("endOffsets") && shortEnds.getAndDecrement() > 0) {
                    Map<Object, Long> none = new HashMap<>();
                    ((Map<Object, Long>) result).keySet().forEach(id -> none.put(id, 0L));
                    return none;
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (Consumer<String, byte[]>) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Consumer.class}, handler);
    }
}
