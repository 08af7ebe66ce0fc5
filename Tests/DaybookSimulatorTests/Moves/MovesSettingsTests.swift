import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesSettingsTests {
  static let settings = MovesSettings(firstDay: day("2016-06-16"))

  @Test("the limits are those of an ordinary app")
  func limits() {
    #expect(
      Self.settings.windows == [
        SimWindow("Minute", length: .seconds(60), limit: 60),
        SimWindow("Hour", length: .seconds(3_600), limit: 2_000),
      ])
    #expect(Self.settings.limitsPerApp)
    #expect(Self.settings.freshFactor == 2)
  }

  @Test("the token life is the recorded one, 180 days less two seconds")
  func life() {
    #expect(Self.settings.tokenLife == .seconds(180 * 86_400 - 2))
  }

  @Test("the client is the one that is documented")
  func client() {
    #expect(Self.settings.clientID == "daybook")
    #expect(Self.settings.clientSecret == "s3cret-of-the-simulator")
    #expect(Self.settings.redirectURIs.count <= 3)
    #expect(!Self.settings.anyLoopbackPort)
  }

  @Test("a token is fresh for the longest window unless it is said otherwise")
  func fresh() {
    var settings = Self.settings
    #expect(settings.freshSpan == .hours(1))
    settings.windows = [SimWindow("Minute", length: .seconds(1), limit: 6)]
    #expect(settings.freshSpan == .seconds(1))
    settings.windows = []
    #expect(settings.freshSpan == .hours(1))
    settings.freshFor = .seconds(7)
    #expect(settings.freshSpan == .seconds(7))
  }

  @Test("a model with people less than one has one")
  func persons() {
    var settings = Self.settings
    settings.persons = 0
    #expect(MovesModel(settings).timelines.count == 1)
  }
}
