import DaybookCore
import DaybookSimulator
import Foundation
import Testing

/// A whole history of each wearable's provider, by the real programs over real sockets, with what
/// happens to a backup on the way: a restart, a kill, a grant that expires and one that is revoked,
/// and the end of the provider.
@Suite("A whole backup", .timeLimit(.minutes(6)))
struct BackupTests {
  static let backups = [
    Backup(
      provider: "fitbit", clientID: "daybook",
      options: [
        "--hour", "1", "--token-life", "15", "--point-every", "3600",
      ],
      windows: "hour: {seconds: 1, limit: 150}", renewals: "refreshed",
      end: .sealed("google-health")),
    Backup(
      provider: "google-health", clientID: "daybook.apps.googleusercontent.com",
      options: [
        "--unverified", "--minute", "1", "--token-life", "10", "--heart-rate-every", "3600",
        "--point-every", "3600",
      ],
      windows: "minute: {seconds: 1, limit: 150}", renewals: "refreshed", end: .sealed(nil)),
    Backup(
      provider: "fitbit-site", clientID: nil,
      options: ["--session-life", "10", "--gap", "0.01"],
      windows: "gap: {seconds: 0.01, limit: 1}", renewals: "logins", end: .beyond),
  ]

  @Test("is complete, without a refused call, whatever happens to it", arguments: backups)
  func whole(of backup: Backup) async throws {
    let seen = try await onThread { try backup.play() }
    #expect(seen.exits == [0, 0], "it stops in order")
    #expect(seen.asked.state == "sign-in-needed" && !seen.asked.reason.isEmpty)
    let streams = try backup.streams()
    #expect(Set(seen.days.keys) == Set(streams.map(\.name)))
    for stream in streams {
      let days = seen.days[stream.name] ?? ""
      #expect(days.count >= (stream.isSnapshot ? 1 : Backup.days), "\(stream.name)")
      #expect(days.allSatisfy { "#oe".contains($0) }, "\(stream.name): \(days)")
    }
    #expect(seen.verify.contains("all in order"), "\(seen.verify)")
    #expect(seen.counts.figures["refused"] == 0)
    #expect(seen.counts.figures["unauthorized"] ?? 0 >= 2, "an expired grant, and a revoked one")
    #expect(seen.counts.figures[backup.renewals] ?? 0 >= 2)
    #expect(!seen.counts.windows.isEmpty)
    for window in seen.counts.windows {
      #expect(window.most <= window.limit, "\(window)")
    }
    try check(seen.end, of: backup)
  }

  private func check(_ end: Backup.EndSeen, of backup: Backup) throws {
    #expect(end.held == end.heldBefore && end.held > Backup.days)
    #expect(end.verify.contains("all in order"), "\(end.verify)")
    switch backup.end {
    case .beyond:
      #expect(end.resync.status == 3, "\(end.resync)")
      #expect(!["sign-in-needed", "sealed", "stopped"].contains(end.account.state))
    case .sealed(let successor):
      #expect(end.account.state == "sealed" && end.status == 0)
      #expect(end.callsAfter == 0)
      #expect(end.login.status == 1 && end.login.output.contains("is sealed"), "\(end.login)")
      if let successor {
        #expect(end.login.output.contains("its successor here is \(successor)"), "\(end.login)")
      }
    }
  }
}
