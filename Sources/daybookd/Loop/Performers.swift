import DaybookCore
import DaybookEngine

/// What does the engine's work outside of the loop. Those of the archive and the settings wait for
/// files, so they run on I/O queues; the others return at once and may be called from any thread.
struct Performers: Sendable {
  /// Answered by ``Event/replied(_:_:)``.
  var send: @Sendable (Call) -> Void
  /// Gives up a call; its reply comes all the same.
  var cancel: @Sendable (CallID) -> Void
  var answer: @Sendable (CommandID, ControlReply, _ continues: Bool) -> Void
  /// One outcome for each item, in order.
  var persist: @Sendable ([PersistItem]) -> [PersistOutcome]
  var assemble: @Sendable (AssembleJob) -> AssembleResult
  var discard: @Sendable (Spooled) -> Void
  var probe: @Sendable (_ makes: Bool) -> ProbeResult
  var check: @Sendable (CheckJob) -> CheckResult
  var sweep: @Sendable () -> Void
  /// False: the folder could not be renamed.
  var move: @Sendable (_ from: String, _ to: String) -> Bool
  /// ``Event/settingsRead(_:)`` or ``Event/settingsRefused(_:)``.
  var readSettings: @Sendable () -> Event
}
