import Testing

@testable import DaybookCore

@Suite("Who may call what")
struct ControlCallTests {
  @Test("whoever can connect may look, pause and resync", arguments: 0..<20 as Range<UInt64>)
  func everybody(seed: UInt64) {
    var random = RandomControl(seed: seed)
    for call in random.calls() {
      switch call {
      case .status, .watch, .resync, .pause, .resume, .days, .plan:
        #expect(!call.needsOwner, "\(call.method)")
      case .loginBegin, .loginComplete, .logout, .reload:
        #expect(call.needsOwner, "\(call.method)")
      case .verify(let request): #expect(call.needsOwner == request.repair)
      }
    }
  }

  @Test("new requests ask for the least")
  func defaults() {
    let resync = ResyncRequest(account: "a")
    #expect(resync.stream == nil && resync.from == nil && resync.to == nil && !resync.all)
    let verify = VerifyRequest()
    #expect(verify.account == nil && !verify.deep && !verify.repair && !verify.yes)
    #expect(!verify.sums)
  }

  @Test("a resync begins with nothing done")
  func progress() {
    let progress = ResyncProgress(id: 3, total: 9)
    #expect(progress.state == .working)
    #expect(progress.done == 0 && progress.changed == 0 && progress.refused == 0)
  }
}
