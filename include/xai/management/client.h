#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "xai/management/options.h"
#include "xai/management/result.h"

namespace xai::management {

template <class Operation>
class Pages;

/// Sends operations to the Management API. Copies share one connection pool, and threads may
/// share one Client. Nothing is sent, loaded or checked before the first `send`.
class Client {
 public:
  explicit Client(ClientOptions options);

  /// Sends one operation and waits for its answer. An empty `team_id` in it is filled from the
  /// options. Errors, retries and costs stand at each operation.
  template <class Operation>
  Result<typename Operation::Response> send(const Operation& operation) const;

  /// All pages of a list, fetched one at a time as the loop goes on:
  /// `for (auto& page : client.pages(ListApiKeys{})) …`, where each `page` is a Result.
  /// A failed page ends the loop.
  template <class Operation>
  Pages<Operation> pages(Operation operation) const {
    return Pages<Operation>{*this, std::move(operation)};
  }

  /// The pipeline behind `send`; its definition is not part of the interface.
  struct Pipeline;
  [[nodiscard]] const Pipeline& pipeline() const { return pipeline_(); }

 private:
  /// Shares the pipeline. A shared_ptr here would cost every user's file <memory>, a tenth more to
  /// compile.
  std::function<const Pipeline&()> pipeline_;
};

/// A single-pass range over the pages of a list. Holds one page at a time.
template <class Operation>
class Pages {
 public:
  using Page = Result<typename Operation::Response>;

  Pages(Client client, Operation operation)
      : client_{std::move(client)}, operation_{std::move(operation)} {}

  class Iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = Page;
    using difference_type = std::ptrdiff_t;

    explicit Iterator(Pages& pages) : pages_{&pages} {}
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): no iterator is read past its end.
    Page& operator*() const { return *pages_->page_; }
    Iterator& operator++() {
      pages_->advance();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return !pages_->page_; }

   private:
    Pages* pages_;
  };

  Iterator begin() {
    if (!page_) advance();
    return Iterator{*this};
  }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  /// Replaces `page_` by the next one, or empties it after the last one or an error.
  void advance();

  Client client_;
  Operation operation_;
  std::optional<Page> page_{};
  std::unordered_set<std::string> seen_tokens_{};
  bool finished_{};
};

}  // namespace xai::management
