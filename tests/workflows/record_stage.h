#pragma once

#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "json/document.h"
#include "workflows/account_fixture.h"
#include "workflows/call.h"
#include "workflows/record_file.h"

namespace xai::workflows::test {

inline std::string text_of(const std::string& path) {
  std::ifstream stream{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

/// An account, a call for it, and what lies in its state folder.
struct RecordStage {
  EmulatedAccount account{};
  management::CallOptions options{account.listening()};

  [[nodiscard]] Call call() { return Call{*account, options}; }
  [[nodiscard]] std::string state(const std::string& name = "") const {
    return (*account).state_folder + "/" + name;
  }
  [[nodiscard]] std::string path_of(const std::string& id) const {
    return state("pending/" + id + ".jsonl");
  }
  [[nodiscard]] std::vector<Record> records() {
    auto list = list_records(call());
    return list ? *std::move(list) : std::vector<Record>{};
  }
  [[nodiscard]] std::size_t requests(const std::string& operation) {
    const auto answer = account.service().transport()(
        {.method = management::Method::get, .target = "/_emulator/ledger"});
    const auto document = json::Document::parse(answer->body);
    const auto count = document->root().find("requests").find(operation).text();
    return count.empty() ? 0 : std::stoul(std::string{count});
  }
};

}  // namespace xai::workflows::test
