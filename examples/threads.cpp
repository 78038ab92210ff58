// Creates forty keys from eight threads that share one Client, and deletes them again.
//   threads
// Settings: XAI_MANAGEMENT_KEY, and what else ClientOptions::from_environment() reads.
#include <atomic>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "xai/management/api_keys.h"
#include "xai/management/client.h"

using namespace xai::management;

int main() {
  constexpr int thread_count = 8;
  constexpr int key_count = 40;

  auto options = ClientOptions::from_environment();
  if (!options) {
    std::cerr << "threads: " << options.error().message << '\n';
    return 1;
  }
  const Client client{*std::move(options)};  // One Client: its connections are shared, too.
  std::atomic<int> next = 0;
  std::atomic<int> created = 0;
  std::atomic<int> deleted = 0;

  const auto work = [&] {
    for (int number = next++; number < key_count; number = next++) {
      const auto key = client.send(CreateApiKey{.name = "batch " + std::to_string(number)});
      if (!key) continue;
      ++created;
      if (client.send(DeleteApiKey{.api_key_id = key->api_key_id})) ++deleted;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < thread_count; ++i) threads.emplace_back(work);
  }  // Every jthread has ended here.

  std::cout << thread_count << " threads created " << created << " keys and deleted " << deleted
            << '\n';
  return deleted == key_count ? 0 : 1;
}
