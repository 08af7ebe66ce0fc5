import Foundation

/// How a program ended and what it said, both streams together.
struct ProgramRun {
  var status: Int32
  var output: String
}

/// Runs a program to its end, with this environment only.
func runProgram(
  _ path: String, _ arguments: [String], environment: [String: String] = [:]
) throws -> ProgramRun {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  process.environment = environment
  let pipe = Pipe()
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return ProgramRun(
    status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
}

/// A file of the repository, by its path below the top.
func repositoryPath(_ path: String) -> String {
  let support = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  return support.appendingPathComponent("../../../\(path)").standardizedFileURL.path
}

func repositoryText(_ path: String) throws -> String {
  try String(contentsOfFile: repositoryPath(path), encoding: .utf8)
}

func isInstalled(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }
