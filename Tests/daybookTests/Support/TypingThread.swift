import Foundation

/// Does something later, beside the test.
struct TypingThread {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func start(after seconds: Double) {
    let body = body
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: seconds)
      body()
    }
  }
}
