package dev.birthmark.identity.registry;

import dev.birthmark.identity.revocation.Script;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes every call of a store a point at which a process can end: before it, after it, and between
 * a script's last statement and its commit. The domain needs no hooks for that.
 */
public final class HaltPoints {
  private final Consumer<String> point;

  /**
   * Points that tell this consumer their name; it halts the process or throws.
   *
   * @param point is called in the thread of the domain
   */
  public HaltPoints(Consumer<String> point) {
    this.point = point;
  }

  /** A store whose transactions have points too. */
  public RegistryStore around(RegistryStore store) {
    return new RegistryStore() {
      @Override
      public <T> T write(Script<? super RegistryTransaction, T> script) {
        point.accept("before write");
        T answer =
            store.write(transaction -> {
              T result = script.run(around(RegistryTransaction.class, transaction));
              point.accept("before commit");
              return result;
            });
        point.accept("after commit");
        return answer;
      }

      @Override
      public <T> T read(Script<? super RegistryTransaction, T> script) {
        point.accept("before read");
        return store.read(script);
      }

      @Override
      public <T> T snapshot(Script<? super RegistryTransaction, T> script) {
        point.accept("before snapshot");
        return store.snapshot(script);
      }
    };
  }

  private <T> T around(Class<T> port, Object target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(port, target, method, arguments)));
  }

  private @Nullable Object call(
      Class<?> port, Object target, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (port == RegistryTransaction.class) {
      return around(method.getReturnType(), invoke(target, method, arguments));
    }
    String name = port.getSimpleName() + "." + method.getName();
    point.accept("before " + name);
    Object answer = invoke(target, method, arguments);
    point.accept("after " + name);
    return answer;
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
