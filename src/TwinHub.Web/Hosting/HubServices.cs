using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using TwinHub.Core;
using TwinHub.Core.Calendar;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Live;
using TwinHub.Core.Mail;
using TwinHub.Core.Mail.Inbound;
using TwinHub.Core.Mail.Smtp;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Core.Reminders;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Dates;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Core.Webinars.Reports.Exports;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Jobs;
using TwinHub.Realtime;
using TwinHub.Web.Api;
using TwinHub.Web.Auth;
using TwinHub.Web.Demo;
using TwinHub.Web.Emails;
using TwinHub.Web.Pages;

namespace TwinHub.Web.Hosting;

/// <summary>Everything the hub consists of, feature by feature.</summary>
public static class HubServices
{
    public static void AddHub(this IServiceCollection services, HubSettings settings, HubDatabase database, DemoMode demo)
    {
        services.AddSingleton(_ => database).AddSingleton(settings).AddSingleton(demo);
        services.AddCore(database, settings);
        services.AddHostedService<DatabaseKeeper>().AddHostedService<UseNotes>();
        services.AddHostedService(provider => provider.GetRequiredService<AppendLog>());
        services.AddRealtime(settings.Listener with { ConnectionString = database.ListenerConnectionString }, settings.Presence, settings.Line);
        services.AddTimetable(settings.RunJobs);
        services.AddDoors(settings);
        services.AddSingleton<DemoClock>().AddSingleton<DemoSweeps>().AddSingleton<DemoDirectory>().AddSingleton<Pages.Groups.ChannelData>().AddSingleton<Pages.Documents.UploadData>().AddSingleton<Pages.Documents.DocumentActs>().AddSingleton<Pages.Documents.DocumentListActs>().AddSingleton<Pages.Webinars.AnswersReading>().AddSingleton<Pages.Webinars.NewWebinars>().AddSingleton<Pages.Webinars.RoomActs>().AddSingleton<Pages.Webinars.RoomFrame>().AddSingleton<Pages.Webinars.ShowReading>().AddSingleton<Pages.Webinars.ReportReading>();
    }

    /// <summary>The services of Core, for the server and for the commands.</summary>
    public static IServiceCollection AddCore(this IServiceCollection services, HubDatabase database, HubSettings settings)
    {
        services.AddSingleton(settings.Mail).AddSingleton(settings.SignIn).AddSingleton(settings.Limits).AddSingleton(settings.Reminders).AddSingleton(settings.Meetings).AddSingleton(settings.Documents);
        services.AddSingleton(database.Source);
        services.AddSingleton(TimeProvider.System).AddSingleton(provider => new HubClock(provider.GetRequiredService<TimeProvider>()));
        // The one data source of these services. Named here, each hub in a process would make a model and compile queries of its own.
        services.AddPooledDbContextFactory<TwinHubDb>(options => options.UseNpgsql());
        services.AddSingleton<Migrator>().AddSingleton<InstallationService>().AddSingleton<DemoData>().AddSingleton<DemoWebinars>().AddSingleton<DemoHistory>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<NetworkService>().AddSingleton<NetworkEditor>();
        services.AddSingleton<GroupService>().AddSingleton<MembershipService>();
        services.AddSingleton<Credentials>().AddSingleton<SignInService>().AddSingleton<AccountService>().AddSingleton<Facilitators>();
        services.AddSingleton<ChatService>().AddSingleton<AppendLog>().AddSingleton<AttentionService>().AddSingleton<MessageReader>().AddSingleton<NewestPages>().AddSingleton<AppendStatement>().AddSingleton<ChannelAccessCache>().AddSingleton<PostingRate>();
        services.AddSingleton<WebinarService>().AddSingleton<SeriesService>().AddSingleton<InvitationService>().AddSingleton<AnswerService>().AddSingleton<WebinarReader>().AddSingleton<WebinarDesk>();
        services.AddSingleton<Meetings>().AddSingleton<InvitationPost>().AddSingleton<WebinarLetters>().AddSingleton<RsvpAddresses>().AddSingleton<WebinarReminders>();
        services.AddSingleton<WebinarCalendar>().AddSingleton<ICalendarWriter, CalendarWriter>();
        services.AddSingleton<HostReader>().AddSingleton<AudienceService>().AddSingleton<NudgeService>().AddSingleton<AnswerCounter>().AddSingleton<WebinarEdits>().AddSingleton<LetterPreview>();
        services.AddSingleton<DatePollService>().AddSingleton<DatePollReader>().AddSingleton<DateAnswerService>();
        services.AddSingleton<ReminderService>().AddSingleton<WebinarReminderPost>().AddSingleton<Unsubscriptions>().AddSingleton<CalendarFeeds>();
        services.AddSingleton<RoomChange>().AddSingleton<RoomReader>().AddSingleton<RoomDoor>().AddSingleton<AttendanceBook>();
        services.AddSingleton<AgendaService>().AddSingleton<StockService>().AddSingleton<QuestionService>().AddSingleton<PollService>().AddSingleton<HandService>();
        services.AddSingleton<AttendanceReader>().AddSingleton<AttendanceService>().AddSingleton<AttendanceExport>().AddSingleton<ReportService>().AddSingleton<MinutesTemplate>();
        services.AddSingleton<AfterReader>().AddSingleton<FollowUpLetters>().AddSingleton<FollowUpService>().AddSingleton<SurveyService>().AddSingleton<SurveyReader>();
        services.AddUpdates();
        services.AddPlan();
        services.AddLessons();
        services.AddFacilitation();
        services.AddNetworkRegister();
        services.AddDocuments();
        services.AddSingleton<Outbox>().AddSingleton<MailReason>().AddSingleton<MailQueue>().AddSingleton<MailDelivery>();
        services.AddSingleton<InboundStore>().AddSingleton<InboundQueue>().AddSingleton<InboundWork>().AddSingleton<InboundDesk>();
        services.AddSingleton<ICalendarReader, CalendarReader>().AddSingleton<ReplyDesk>().AddSingleton<BounceDesk>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<MailOptions>().Mode switch
        {
            "Mailbox" => ActivatorUtilities.CreateInstance<MailboxTransport>(provider),
            "Smtp" => ActivatorUtilities.CreateInstance<SmtpTransport>(provider),
            _ => ActivatorUtilities.CreateInstance<FolderTransport>(provider),
        });
        services.AddSingleton<LetterRenderer>().AddSingleton<RenderLetter>(provider => provider.GetRequiredService<LetterRenderer>().Render);
        return services;
    }

    /// <summary>Fills a new demo installation, before the server is built.</summary>
    public static async Task LoadDemo(HubDatabase database, HubSettings settings, CancellationToken cancel)
    {
        await using var provider = new ServiceCollection().AddLogging().AddCore(database, settings).BuildServiceProvider();
        await provider.GetRequiredService<DemoData>().Load(cancel);
        await provider.GetRequiredService<DemoWebinars>().Load(cancel);
        await provider.GetRequiredService<DemoHistory>().Load(cancel);
        await provider.GetRequiredService<DemoDocuments>().Load(cancel);
    }

    private static void AddDoors(this IServiceCollection services, HubSettings settings)
    {
        services.AddHttpContextAccessor();
        services.AddRazorPages(options => options.Conventions.AuthorizeFolder("/").AllowAnonymousToFolder("/SignIn").AllowAnonymousToFolder("/Errors").AllowAnonymousToFolder("/Demo").AllowAnonymousToFolder("/Invitations").AllowAnonymousToFolder("/Rooms").AllowAnonymousToFolder("/Dates").AllowAnonymousToFolder("/Surveys").AllowAnonymousToFolder("/Updates").AllowAnonymousToFolder("/Alive").AllowAnonymousToPage("/Webinars/Room"));
        services.AddScoped<Reader>().AddScoped<Pages.Documents.DocumentDoor>().AddScoped<Pages.Groups.Plan.PlanDoor>().AddScoped<Pages.Register.RegisterOf>().AddScoped<Pages.Webinars.RoomVisitor>().AddScoped<Pages.Networks.NetworkForm>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "twinhub-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddAuthentication(HubAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, HubAuthentication>(HubAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddDataProtection().SetApplicationName("TwinHub");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options =>
            {
                options.XmlRepository = ActivatorUtilities.CreateInstance<DatabaseKeys>(provider);
                options.XmlEncryptor = settings.KeySecret is null ? null : new KeyEncryptor(settings);
            }));
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.AddHubApi();
        services.AddCostlyWork();
        services.AddSingleton<InboundDoor>().AddSingleton<StreamedForms>();
        services.AddSingleton<IdempotencyKeys>().AddSingleton<WebinarAnswers>();
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            settings.Proxies.ToList().ForEach(options.KnownProxies.Add);
        });
    }
}
