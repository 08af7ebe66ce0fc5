import Testing

@testable import DaybookCore

@Suite("The product")
struct ProductTests {
  @Test("its version is a semantic one")
  func version() {
    let parts = Product.version.split(separator: ".").map { Int($0) }
    #expect(parts.count == 3)
    #expect(parts.allSatisfy { ($0 ?? -1) >= 0 })
  }
}
