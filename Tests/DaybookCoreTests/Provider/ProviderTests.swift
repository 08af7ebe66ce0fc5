import Testing

@testable import DaybookCore

@Suite("A provider")
struct ProviderTests {
  private static func stream(_ name: String) -> StreamSpec {
    StreamSpec(
      name: name, request: Request(path: "/\(name)"), window: DayWindow(form: .ymd, ends: .both))
  }

  private let provider = Provider(
    name: "steps", title: "Steps", login: .code, urls: URLs(api: "https://api.example"),
    streams: [stream("steps"), stream("sleep")])

  @Test("a stream is found by its name, exactly", arguments: ["steps", "sleep"])
  func found(name: String) { #expect(provider.stream(name) == Self.stream(name)) }

  @Test("another name finds none", arguments: ["", "Steps", "step", "steps "])
  func unknown(name: String) { #expect(provider.stream(name) == nil) }

  @Test("what the file leaves out is what its page says")
  func defaults() {
    #expect(provider.client == .form)
    #expect(!provider.pkce && !provider.freeRedirectPort)
    #expect(provider.tokenAt == .root && provider.tokenLife == .answer)
    #expect(provider.scopes == Scopes() && provider.scopes.joint == .space)
    #expect(provider.windows.isEmpty && provider.meters.isEmpty && provider.answers.isEmpty)
    #expect(provider.sunset == nil && provider.successor == nil && provider.params.isEmpty)
  }
}
