using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared.Blobs;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>A blob that is missing, damaged or cannot be kept is the world's doing: a problem with its name, a line in the log, no stack.</summary>
internal sealed partial class BlobProblems : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BlobException error)
        {
            Failed(context.HttpContext.RequestServices.GetRequiredService<ILogger<BlobProblems>>(), error.Message);
            return Problems.From(error.Refusal);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{What}")]
    private static partial void Failed(ILogger logger, string what);
}
