package dev.birthmark.identity.authentication;

import dev.birthmark.credential.status.Members;

/** Told when credentials lose their standing, after decisions go by it. */
@FunctionalInterface
public interface StandingListener {
  /**
   * These lost their standing. Walk the live connections and look each one up here; never walk the
   * members. Called on the polling thread, or on that of whoever made the change; it must not throw
   * and not take long.
   */
  void withdrawn(Members members);
}
