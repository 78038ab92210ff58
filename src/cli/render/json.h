#pragma once

#include <string>

#include "cli/render/output.h"
#include "json/value.h"

namespace xai::cli {

/// A JSON array whose items are printed as they come. The closing bracket is `end`'s: without
/// it the text parses nowhere, which is how a list that broke off is told from a short one.
class JsonArray {
 public:
  explicit JsonArray(Output& output) : output_{&output} {}
  void add(json::Value item);
  void end();

 private:
  Output* output_;
  bool is_begun_{};
};

/// JSON values, one per line.
class JsonLines {
 public:
  explicit JsonLines(Output& output) : output_{&output} {}
  void add(json::Value item);

 private:
  Output* output_;
  std::string line_{};
};

}  // namespace xai::cli
