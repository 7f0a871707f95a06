using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>The language a request asks for.</summary>
public static class RequestLanguage
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>What is spoken when nothing else is asked for.</summary>
    public static CultureInfo Usual => Chinese;

    /// <summary>The first of the two languages that the caller names, of whatever country; null when it names neither.</summary>
    public static CultureInfo? Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        foreach (var wanted in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1))
        {
            if (wanted.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase)) return Chinese;
            if (wanted.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return English;
        }

        return null;
    }
}
