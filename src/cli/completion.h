#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/settings.h"

namespace xai::cli {

/// A word that may stand where somebody is typing.
struct Candidate {
  std::string value{};
  std::string help{};
};

enum class CompletionKind : std::uint8_t {
  words,  ///< Of the program itself, which need no quoting.
  names,  ///< As somebody gave them.
  files,  ///< The path of a file, which the shell completes itself.
};

/// What may stand there.
struct Completion {
  CompletionKind kind{};
  std::vector<Candidate> candidates{};
};

/// Names that no list in the program has.
enum class LiveNames : std::uint8_t { keys, records, profiles };
using LookUp = std::function<std::vector<Candidate>(LiveNames, GlobalOptions&)>;

/// Completes `begun`, which may be empty, behind `words`. `look_up` is asked with the global
/// options among them.
Completion complete(const std::vector<std::string>& words, std::string begun,
                    const LookUp& look_up);

}  // namespace xai::cli
