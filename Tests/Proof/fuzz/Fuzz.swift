import FuzzChecks
import Glibc

// One program for all checks: libFuzzer, which has its own `main`, calls these two (clang's
// FuzzerInterface.h). The check is the one that FUZZ_CHECK names.

private let chosen: FuzzCheck? = {
  let wanted = getenv("FUZZ_CHECK").map { String(cString: $0) }
  return FuzzCheck.all.first { $0.name == wanted }
}()

/// Without a check there is nothing to play: names them all.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutableRawPointer, _ arguments: UnsafeMutableRawPointer)
  -> Int32
{
  guard chosen == nil else { return 0 }
  for check in FuzzCheck.all { print(check.name) }
  exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func play(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  do throws(Broken) {
    try chosen?.play(Array(UnsafeBufferPointer(start: data, count: size)))
  } catch {
    fatalError("broken: \(error)")
  }
  return 0
}
