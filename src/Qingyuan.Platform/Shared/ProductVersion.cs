using System.Reflection;

namespace Qingyuan.Platform.Shared;

/// <summary>Which release this is.</summary>
public static class ProductVersion
{
    /// <summary>As released, such as <c>0.1.0</c>, with the commit behind a plus sign where the build knew it.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
