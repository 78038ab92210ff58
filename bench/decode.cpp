// Decodes a list of 10,000 keys, and measures a floor beside it: simdjson filling structs of
// string_views. Prints `ours_ms floor_ms ratio megabytes`, medians of interleaved runs.
#include <malloc.h>
#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "json/document.h"
#include "json/writer.h"
#include "wire/rows.h"

namespace {

using namespace xai;
using namespace xai::management;

constexpr int key_count = 10'000;
constexpr int round_count = 41;

std::string list_text() {
  ListApiKeysResponse list;
  for (int i = 0; i < key_count; ++i) {
    std::string id{"fe15b799-32e1-4d02-9e65-"};
    id.append(std::to_string(100'000'000'000 + i));
    list.api_keys.push_back({
        .redacted_api_key = "xai-...oYZ4",
        .user_id = "6ad994df-7963-45e0-96c8-96b1ba849d9b",
        .name = std::string{"key "}.append(std::to_string(i)),
        .create_time = base::parse_rfc3339("2025-11-13T16:14:38.164829Z"),
        .modify_time = base::parse_rfc3339("2025-11-13T16:38:07.059039Z"),
        .team_id = "c9a0c990-53e6-491e-8df7-b9f18e6983ac",
        .api_key_id = std::move(id),
        .qps = 5,
        .qpm = 100,
        .tpm = 100'000,
        .acls = {Acl::every_endpoint(), Acl::model("grok-4-0709")},
    });
  }
  std::string text;
  json::Writer writer{text};
  wire::encode(writer, list);
  return text;
}

struct KeyView {
  std::string_view redacted_api_key, user_id, name, create_time, modify_time, team_id, api_key_id,
      tpm;
  bool disabled;
  std::int64_t qps, qpm;
  std::vector<std::string_view> acls;
};

std::vector<KeyView> floor_decode(simdjson::ondemand::parser& parser,
                                  const simdjson::padded_string& text) {
  std::vector<KeyView> keys;
  simdjson::ondemand::document document = parser.iterate(text);
  for (simdjson::ondemand::object key : document["apiKeys"].get_array()) {
    KeyView& view = keys.emplace_back();
    view.redacted_api_key = key["redactedApiKey"].get_string();
    view.user_id = key["userId"].get_string();
    view.name = key["name"].get_string();
    view.create_time = key["createTime"].get_string();
    view.modify_time = key["modifyTime"].get_string();
    view.team_id = key["teamId"].get_string();
    view.api_key_id = key["apiKeyId"].get_string();
    view.disabled = key["disabled"].get_bool();
    view.qps = key["qps"].get_int64();
    view.qpm = key["qpm"].get_int64();
    view.tpm = key["tpm"].get_string();
    for (std::string_view acl : key["aclStrings"].get_array()) view.acls.push_back(acl);
  }
  return keys;
}

std::vector<ApiKey> our_decode(std::string text) {
  const auto document = json::Document::parse(std::move(text));
  if (!document) return {};
  auto list = wire::decode<ListApiKeysResponse>(document->root());
  return list ? std::move(list->api_keys) : std::vector<ApiKey>{};
}

/// How long `work` takes to hand out all keys; freeing them is not measured.
template <class Work>
double milliseconds_of(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  const auto keys = work();
  const std::chrono::duration<double, std::milli> span = std::chrono::steady_clock::now() - start;
  if (keys.size() != key_count) {
    std::fprintf(stderr, "decoded %zu keys instead of %d\n", keys.size(), key_count);
    std::exit(1);
  }
  return span.count();
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

int main() {
  // Freed memory stays with the program, as it does in one that reads page after page: the time
  // the kernel takes to hand out fresh memory is no part of decoding, on either side.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  const std::string text = list_text();
  const simdjson::padded_string padded{text};
  simdjson::ondemand::parser parser;
  std::vector<double> ours;
  std::vector<double> floor;
  for (int round = 0; round < round_count; ++round) {
    std::string body = text;  // A response gives its body away, so the copy is not measured.
    ours.push_back(milliseconds_of([&] { return our_decode(std::move(body)); }));
    floor.push_back(milliseconds_of([&] { return floor_decode(parser, padded); }));
  }
  std::printf("%.2f %.2f %.2f %.1f\n", median(ours), median(floor), median(ours) / median(floor),
              static_cast<double>(text.size()) / 1e6);
  return 0;
}
