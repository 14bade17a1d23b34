package dev.birthmark.edge.problem;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** Refuses a body that is empty or the JSON {@code null}, so that no resource meets a null. */
@Provider
public class EmptyBody implements ReaderInterceptor {

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    var value = context.proceed();
    if (value == null) {
      throw Problem.of(CommonProblem.MALFORMED, "The body is empty.").exception();
    }
    return value;
  }
}
