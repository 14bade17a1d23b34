package dev.birthmark.enrollment.uplink;

import dev.birthmark.enrollment.issuance.LogRecords;
import dev.birthmark.enrollment.issuance.RecallRecords;
import dev.birthmark.enrollment.registration.OrderRecords;
import dev.birthmark.enrollment.site.SiteRecords;
import dev.birthmark.enrollment.site.SiteStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes every call of a port a point at which a process can end: before it, after it, and between a
 * script's last statement and its commit. The domain needs no hooks for that.
 */
public final class HaltPoints {
  private static final List<Class<?>> RECORDS =
      List.of(
          SiteRecords.class,
          OrderRecords.class,
          LogRecords.class,
          RecallRecords.class,
          UplinkRecords.class);

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
  public SiteStore<SiteTransaction> around(SiteStore<SiteTransaction> store) {
    return new SiteStore<>() {
      @Override
      public <T> T write(Script<? super SiteTransaction, T> script) {
        point.accept("before write");
        T answer =
            store.write(transaction -> {
              T result = script.run(around(SiteTransaction.class, transaction));
              point.accept("before commit");
              return result;
            });
        point.accept("after commit");
        return answer;
      }

      @Override
      public <T> T read(Script<? super SiteTransaction, T> script) {
        point.accept("before read");
        return store.read(script::run);
      }
    };
  }

  /** Any other port. */
  public <T> T around(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(port, target, method, arguments)));
  }

  private @Nullable Object call(
      Class<?> port, Object target, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    String name = port.getSimpleName() + "." + method.getName();
    if (RECORDS.contains(method.getReturnType())) {
      return wrap(method.getReturnType(), invoke(target, method, arguments));
    }
    point.accept("before " + name);
    Object answer = invoke(target, method, arguments);
    point.accept("after " + name);
    return answer;
  }

  private <T> T wrap(Class<T> type, @Nullable Object records) {
    return around(type, type.cast(records));
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
