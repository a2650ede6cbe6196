package dev.sluice.log.follow;

import java.util.List;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/// The followers of an app, one for each of its views.
public final class Followers implements SmartLifecycle {
    private final List<? extends MessageListenerContainer> containers;

    Followers(List<? extends MessageListenerContainer> containers) {
        this.containers = containers;
    }

    /// Whether each of them runs, paused or not.
    public boolean allRun() {
        return containers.stream().allMatch(MessageListenerContainer::isRunning);
    }

    @Override
    public boolean isRunning() {
        return containers.stream().anyMatch(MessageListenerContainer::isRunning);
    }

    @Override
    public void start() {
        containers.forEach(MessageListenerContainer::start);
    }

    @Override
    public void stop() {
        containers.forEach(MessageListenerContainer::stop);
    }

    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE;
    }
}
