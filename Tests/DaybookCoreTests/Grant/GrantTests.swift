import Testing

@testable import DaybookCore

@Suite("The tokens of an account")
struct GrantTests {
  private func grant(life: Duration?, refresh: Bool = true) -> Grant {
    Grant(
      access: Secret("a"), refresh: refresh ? Secret("r") : nil, receivedAt: moment(0).wall,
      life: life, scopes: [], generation: 1)
  }

  @Test(
    "refreshed before the end by 5 minutes or a tenth of its life, but not in its first half",
    arguments: [
      (15_551_998, 13_996_798.2), (28_800, 25_920), (3_600, 3_240), (3_000, 2_700),
      (1_800, 1_500), (601, 301), (600, 300), (599, 299.5), (60, 30), (2, 1), (1, 0.5),
    ])
  func refreshAt(life: Int, after: Double) {
    #expect(grant(life: .seconds(life)).refreshAt == moment(after).wall)
  }

  @Test("without a life or a refresh token there is no such moment") func never() {
    #expect(grant(life: nil).refreshAt == nil)
    #expect(grant(life: .seconds(3_600), refresh: false).refreshAt == nil)
  }

  @Test("a token has ended with its life, and one without never does") func expired() {
    let grant = grant(life: .seconds(3_600))
    #expect(!grant.isExpired(at: moment(3_599.999_999).wall))
    #expect(grant.isExpired(at: moment(3_600).wall))
    #expect(!self.grant(life: nil).isExpired(at: moment(1e9).wall))
  }

  @Test("a refresh always comes before the end and after the beginning") func between() {
    let seed = Seed()
    var random = seed.random
    for _ in 0..<1_000 {
      let life = Duration.seconds(Int64.random(in: 1...20_000_000, using: &random))
      let grant = grant(life: life)
      guard let at = grant.refreshAt else {
        Issue.record("never refreshed: \(seed)")
        return
      }
      #expect(at > grant.receivedAt && !grant.isExpired(at: at), "\(seed)")
      #expect(at - grant.receivedAt >= life / 2 - .microseconds(1), "\(seed)")
    }
  }

  @Test("a new grant is not proven, and has no pair before it") func fresh() {
    let grant = grant(life: nil)
    #expect(!grant.proven)
    #expect(grant.previousRefresh == nil && grant.term == nil)
    #expect(grant.generation == 1)
  }

  @Test("printed, it shows no token") func secret() {
    var grant = Grant(
      access: Secret("hunter2"), refresh: Secret("hunter3"), receivedAt: moment(0).wall, life: nil,
      scopes: ["activity"], generation: 1)
    grant.previousRefresh = Secret("hunter1")
    var dumped = ""
    dump(grant, to: &dumped)
    #expect(!"\(grant)\(dumped)\(String(reflecting: grant))".contains("hunter"))
    #expect(dumped.contains("activity"))
  }
}
