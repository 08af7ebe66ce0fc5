import Glibc

/// A system call that failed: which one, on what, and why (errno(3)).
struct SystemError: Error, Hashable, CustomStringConvertible {
  var call: String
  var path: String?
  var number: Int32

  /// Takes `errno` as it is now.
  init(_ call: String, _ path: String? = nil, number: Int32 = errno) {
    self.call = call
    self.path = path
    self.number = number
  }

  var description: String {
    let subject = path.map { "\($0): " } ?? ""
    return "\(subject)\(call): \(String(cString: strerror(number)))"
  }
}
