import DaybookCore

/// Sign-ins that end by themselves, whatever is refreshed.
extension Engine {
  /// How long the sign-in of a token answer lasts: as the answer says, else, for an app that is
  /// being tried out, as the provider file says.
  func term(_ answer: TokenAnswer, _ lane: Lane, after old: Grant?) -> GrantTerm? {
    let isNew = old == nil
    let tried =
      isNew && lane.client.testing
      ? lane.provider.testingLife.map { Duration.days(Int64($0)) } : nil
    return GrantTerm.after(old?.term, left: answer.refreshLife ?? tried, now: now.wall)
  }

  /// Warns of the end, once each time it is due.
  func warnOfSignInEnd(_ lane: Lane) throws(DatabaseError) {
    guard lane.grant?.term?.warn(at: now.wall) == true, let term = lane.grant?.term else { return }
    try book.noteTold(account: lane.name, term.told)
    let day = lane.zone.day(at: term.ends)
    log(
      .signInEnding, "sign-in of \(lane.name) ends \(day); run: daybook login \(lane.name)",
      lane: lane)
  }

  /// Why a refresh token is dead.
  func deathOfGrant(_ lane: Lane) -> String {
    let reason = "the provider no longer accepts the refresh token"
    guard let ends = lane.grant?.term?.ends, ends <= now.wall + .hours(1) else { return reason }
    return "the sign-in lasted until \(lane.zone.day(at: ends)), as the provider had said"
  }
}
