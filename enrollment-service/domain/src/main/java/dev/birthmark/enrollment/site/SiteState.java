package dev.birthmark.enrollment.site;

/** Where a site stands towards the identity service. Only an open site issues. */
public enum SiteState {
  /** The identity service does not know the site yet. */
  UNREGISTERED("unregistered"),
  /** The site issues. */
  OPEN("open"),
  /** The site's records were put back: what was lost is being fetched and checked. */
  RECOVERING("recovering"),
  /** Everything lost is back; an administrator has to let the site open its next log. */
  WAITING_REOPEN("waiting-reopen"),
  /** The site's log contradicts the identity service's copy of it. Nothing leads out of this. */
  HALTED("halted");

  private final String label;

  SiteState(String label) {
    this.label = label;
  }

  /** The word for the state in answers and in the store. */
  public String label() {
    return label;
  }

  /** The state that a word stands for; throws {@link IllegalArgumentException} for any other. */
  public static SiteState of(String label) {
    for (SiteState state : values()) {
      if (state.label.equals(label)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state of a site: " + label);
  }
}
