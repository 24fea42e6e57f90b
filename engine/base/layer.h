// The eight layers of the walk, from the program down to the device. The engine uses them to say where a
// function or an object lives; what a layer looks like is the theme's business (views/theme).
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace sockwalk {

// In order from top to bottom of the picture; the value is the index of the layer's band.
enum class Layer { User, Vfs, Socket, Inet, Transport, Ip, Link, Device };

inline constexpr std::size_t layerCount = 8;

inline constexpr std::array<Layer, layerCount> allLayers{
    Layer::User, Layer::Vfs, Layer::Socket, Layer::Inet, Layer::Transport, Layer::Ip, Layer::Link, Layer::Device,
};

// Short stable names, for data files and tests; not translated.
inline constexpr std::array<std::string_view, layerCount> layerNames{
    "user", "VFS", "socket", "inet", "transport", "IP", "link", "device",
};

constexpr std::string_view layerName(Layer layer) { return layerNames[static_cast<std::size_t>(layer)]; }

constexpr std::optional<Layer> layerFromName(std::string_view name) {
  for (std::size_t i = 0; i < layerCount; ++i)
    if (layerNames[i] == name) return allLayers[i];
  return std::nullopt;
}

} // namespace sockwalk
