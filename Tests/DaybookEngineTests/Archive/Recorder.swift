import Glibc
import Locking

@testable import DaybookEngine

/// Sees every file operation of an archive before it happens, writes it down, and lets some fail.
final class Recorder: Sendable {
  enum Fault: Sendable {
    case none
    /// The process ends before operation `n` (from 0): nothing happens any more.
    case kill(Int)
    /// Operation `n` alone fails.
    case fail(Int, Int32)
    /// Operations that the rule picks fail.
    case rule(@Sendable (FileOperation) -> Int32)
  }
  private let seen = Mutex<[FileOperation]>([])
  private let fault: Mutex<Fault>

  init(_ fault: Fault = .none) { self.fault = Mutex(fault) }

  var operations: [FileOperation] { seen.withLock { $0 } }
  func forget() { seen.withLock { $0 = [] } }
  func set(_ new: Fault) { fault.withLock { $0 = new } }

  var hook: FileOperations.Hook { { operation in self.meet(operation) } }

  private func meet(_ operation: FileOperation) -> Int32 {
    let index = seen.withLock { seen in
      seen.append(operation)
      return seen.count - 1
    }
    switch fault.withLock({ $0 }) {
    case .none: return 0
    case .kill(let n): return index >= n ? ECANCELED : 0
    case .fail(let n, let code): return index == n ? code : 0
    case .rule(let rule): return rule(operation)
    }
  }
}

extension FileOperation {
  var isSync: Bool {
    switch self {
    case .syncFile, .syncFolder: true
    default: false
    }
  }
}
