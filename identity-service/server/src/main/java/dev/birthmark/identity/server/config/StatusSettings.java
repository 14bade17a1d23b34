package dev.birthmark.identity.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How old the status may be that decisions rest on. */
@ConfigMapping(prefix = "birthmark.status")
public interface StatusSettings {
  /** The age beyond which devices are denied, but for those of {@link #staleAllowModels}. */
  @WithDefault("PT30S")
  Duration stalenessBound();

  /** How often the database is asked for what is new, even if nothing woke the replica. */
  @WithDefault("PT0.5S")
  Duration poll();

  /** Models whose devices are allowed on a status beyond the bound: where refusing does harm. */
  Optional<List<String>> staleAllowModels();

  /** This replica's name among the consumers of the feed; its host and port if absent. */
  Optional<String> replicaName();
}
