package dev.birthmark.enrollment.server.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the site's keys and bundles lie. */
@ConfigMapping(prefix = "birthmark.site")
public interface SiteSettings {
  /** The folder that the key ceremony wrote for this service. */
  Path directory();
}
