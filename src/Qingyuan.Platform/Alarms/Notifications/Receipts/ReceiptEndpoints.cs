using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Alarms.Notifications.Receipts;

/// <summary>The link in a message. Opening it shows a button: mail scanners open links, only people press buttons. The token is all it takes and all it gives.</summary>
internal static class ReceiptEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var receipt = api.MapGroup("/notifications/receipt").WithTags("notifications").AllowAnonymous();
        receipt.MapGet("/", ShowAsync).WithSummary("The page behind the link in a message");
        receipt.MapPost("/", ConfirmAsync).DisableAntiforgery().WithSummary("Confirm that a message was received");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ShowAsync(string token, TakeReceipt receipts, CancellationToken ct)
    {
        if (await receipts.FindAsync(token, ct) is not { } message) return Problems.NotFound("receipt.unknown");
        var button = message.ReceiptAt is null
            ? $"""<form method="post" action="?token={WebUtility.HtmlEncode(Uri.EscapeDataString(token))}"><button>{Say("receipt.button", message)}</button></form>"""
            : Say("receipt.done", message);
        return Page(message, button);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ConfirmAsync(string token, TakeReceipt receipts, CancellationToken ct)
    {
        if (!await receipts.ConfirmAsync(token, ct) || await receipts.FindAsync(token, ct) is not { } message) return Problems.NotFound("receipt.unknown");
        return Page(message, Say("receipt.done", message));
    }

    private static ContentHttpResult Page(MessageRow message, string below) => TypedResults.Content(
        $"""<!doctype html><html lang="{message.Language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Say("receipt.title", message)}</title><pre>{WebUtility.HtmlEncode(message.Text)}</pre><p>{below}</p></html>""",
        "text/html; charset=utf-8");

    private static string Say(string code, MessageRow message) =>
        WebUtility.HtmlEncode(AlarmTexts.All.Say(code, CultureInfo.GetCultureInfo(message.Language == "en" ? "en" : "zh-CN")));
}
