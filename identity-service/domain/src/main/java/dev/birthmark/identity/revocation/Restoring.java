package dev.birthmark.identity.revocation;

import static dev.birthmark.identity.revocation.Changes.no;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.identity.revocation.ChangeOutcome.Refusal;
import dev.birthmark.identity.revocation.ForceRecords.Holding;
import dev.birthmark.identity.revocation.ForceRecords.InForce;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lifts holds, under the feed's lock. By attribute only a whole change is lifted, by its number:
 * that one and its follow-ons leave force, and their members are free unless another change holds
 * them. By device or certificate every hold on it is lifted, and the changes stay in force for
 * others. Nothing lifts a revocation.
 */
final class Restoring {
  private final RevocationTransaction transaction;
  private final ChangeRequest request;
  private final Sha256 hash;
  private final StatusPlanes planes;

  Restoring(RevocationTransaction transaction, ChangeRequest request, Sha256 hash) {
    this.transaction = transaction;
    this.request = request;
    this.hash = hash;
    this.planes = new StatusPlanes(transaction.status());
  }

  Changes.Drafted draft() {
    Optional<String> change = request.selector().value(SelectorAttribute.CHANGE);
    if (change.isPresent()) {
      if (request.selector().values().size() > 1) {
        return no(Refusal.SELECTOR_REFUSED, "a change is named alone");
      }
      return lift(position(change.get()));
    }
    boolean single =
        request.selector().value(SelectorAttribute.DEVICE_ID).isPresent()
            || request.selector().value(SelectorAttribute.SERIAL).isPresent()
            || request.selector().value(SelectorAttribute.FINGERPRINT).isPresent();
    return single
        ? liftEveryHold()
        : no(
            Refusal.RESTORE_NEEDS_CHANGE,
            "what was withdrawn by attribute comes back by lifting that change");
  }

  private Changes.Drafted lift(Position position) {
    String tenant = request.tenant();
    Optional<RecordedChange> lifted = transaction.feed().change(tenant, position);
    if (lifted.isEmpty()) {
      return no(Refusal.CHANGE_UNKNOWN, "the feed has no change " + position);
    }
    if (lifted.get().kind() == ChangeKind.REVOKE) {
      return no(Refusal.REVOKED_IS_FINAL, "change " + position + " is a revocation");
    }
    List<Position> leaving =
        transaction.force().withFollowOns(tenant, position).stream()
            .map(InForce::position)
            .toList();
    if (lifted.get().kind() != ChangeKind.SUSPEND || !leaving.contains(position)) {
      return no(Refusal.CHANGE_NOT_IN_FORCE, "change " + position + " is not a hold in force");
    }
    Members held = held(transaction.force().holdings(tenant, leaving));
    Members others =
        held(
            transaction.force().suspensions(tenant, new TreeSet<>(held.logs())).stream()
                .filter(holding -> !leaving.contains(holding.change()))
                .toList());
    transaction.force().leave(tenant, leaving);
    Members free = held.minus(others);
    return yes(free.minus(planes.among(PlaneCode.REVOKED, free)), Optional.of(position));
  }

  private Changes.Drafted liftEveryHold() {
    String tenant = request.tenant();
    Members selected = new Selection(transaction.selection()).resolve(tenant, request.selector());
    Members targets = selected.minus(planes.among(PlaneCode.REVOKED, selected));
    if (targets.isEmpty() && !selected.isEmpty()) {
      return no(Refusal.REVOKED_IS_FINAL, "what is selected is revoked");
    }
    for (Holding holding : transaction.force().suspensions(tenant, new TreeSet<>(targets.logs()))) {
      Members lifted = holding.held().intersect(targets);
      if (!lifted.isEmpty()) {
        transaction
            .force()
            .replace(
                tenant,
                new Holding(
                    holding.change(),
                    holding.kind(),
                    holding.log(),
                    holding.held().minus(lifted),
                    holding.lifted().union(lifted)));
      }
    }
    return yes(planes.among(PlaneCode.HELD, targets), Optional.empty());
  }

  private Changes.Drafted yes(Members members, Optional<Position> cause) {
    return new Changes.Drafted.Yes(
        new Draft(ChangeKind.RESTORE, request.reason(), hash, cause, request.selector(), members));
  }

  private static Members held(List<Holding> holdings) {
    return Members.unionOf(holdings.stream().map(Holding::held).toList());
  }

  private static Position position(String text) {
    try {
      return Position.parse(text);
    } catch (MalformedException e) {
      throw new IllegalStateException("a selector holds no position", e);
    }
  }
}
