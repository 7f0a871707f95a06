using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>The form a file comes with.</summary>
internal static class UploadForm
{
    /// <returns>One of the two.</returns>
    public static async Task<(IFormCollection? Form, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType) return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, "import.not-multipart"));
        try
        {
            return (await request.ReadFormAsync(ct), null);
        }
        catch (InvalidDataException error)
        {
            return (null, Problems.Field("body", Faults.Unreadable(error.Message)));
        }
    }
}
