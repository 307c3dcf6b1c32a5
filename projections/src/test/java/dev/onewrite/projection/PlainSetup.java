package dev.onewrite.projection;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.component.Incident;
import dev.onewrite.internal.memory.MemoryStoreProvider;
import dev.onewrite.spi.Alarms;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.OutboxSettings;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What a worker works with, without a node: a store in memory, of which a test may bend a part. */
class PlainSetup implements ForwarderSetup {

  final Store memory = new MemoryStoreProvider().open(ConfigFactory.empty(), Faults.NONE);
  final List<Incident> incidents = new CopyOnWriteArrayList<>();

  /** What the test makes of a call to {@code SetAside}, instead of making it or around it. */
  volatile Bend bend = (method, arguments, real) -> real.call();

  interface Bend {
    Object of(String method, Object[] arguments, Real real) throws Throwable;
  }

  interface Real {
    Object call() throws Throwable;
  }

  @Override
  public Store store() {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) ->
                method.getName().equals("setAside") ? bent() : method.invoke(memory, arguments));
  }

  private SetAside bent() {
    return (SetAside)
        Proxy.newProxyInstance(
            SetAside.class.getClassLoader(),
            new Class<?>[] {SetAside.class},
            (proxy, method, arguments) ->
                bend.of(
                    method.getName(),
                    arguments,
                    () -> {
                      try {
                        return method.invoke(memory.setAside(), arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }));
  }

  /** Nothing is tried twice within a test. */
  @Override
  public OutboxSettings settings() {
    Duration hour = Duration.ofHours(1);
    return new OutboxSettings(
        Duration.ofMillis(10),
        1,
        100,
        new OutboxSettings.Redelivery(hour, hour, 9, 9, Duration.ofMillis(50)),
        1,
        Duration.ofMillis(10));
  }

  @Override
  public Consumer<Incident> incidents() {
    return incidents::add;
  }

  @Override
  public Faults faults() {
    return Faults.NONE;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public AutoCloseable onCommit(Runnable listener) {
    return memory.onCommit(listener);
  }

  @Override
  public List<Group> groups() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Alarms alarms() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new UnsupportedOperationException();
  }
}
