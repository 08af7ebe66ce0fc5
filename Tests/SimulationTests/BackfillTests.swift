import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

@Suite("A backfill in virtual time")
struct BackfillTests {
  @Test("two years are complete, at 99 % of the budget and without a refusal")
  func twoYears() throws {
    let world = try World(WorldOptions())
    try world.signIn("me")
    let begun = world.now.wall
    try world.run(for: .hours(3)) { world.status("me")?.streams.first?.missing == 0 }
    let status = try #require(world.status("me"))
    #expect(status.streams.first?.missing == 0)
    #expect(world.checks.violations == [])
    let took = world.now.wall - begun
    #expect(took < .minutes(13), "716 days at 60 a minute take 12 minutes, not \(took)")
  }
}
