using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using TwinHub.Core.Channels;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Attachments;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Facilitation;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Contributions;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Lessons;
using TwinHub.Core.Mail;
using TwinHub.Core.Mail.Inbound;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;
using TwinHub.Core.Register;
using TwinHub.Core.Reminders;
using TwinHub.Core.Reviews;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Dates;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Core.Data;

/// <summary>The database as objects. Its shape is decided by Migrations/*.sql; a test compares the two.</summary>
public sealed class TwinHubDb(DbContextOptions<TwinHubDb> options) : DbContext(options)
{
    public DbSet<Network> Networks => Set<Network>();
    public DbSet<NetworkRole> NetworkRoles => Set<NetworkRole>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<OrganisationPerson> OrganisationPeople => Set<OrganisationPerson>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<TwinningGroup> Groups => Set<TwinningGroup>();
    public DbSet<GroupPartner> GroupPartners => Set<GroupPartner>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Channel> Channels => Set<Channel>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<ReadPosition> ReadPositions => Set<ReadPosition>();
    public DbSet<SignInLink> SignInLinks => Set<SignInLink>();
    public DbSet<SignInRequest> SignInRequests => Set<SignInRequest>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<Webinar> Webinars => Set<Webinar>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<RsvpAddress> RsvpAddresses => Set<RsvpAddress>();
    public DbSet<InvitationLink> InvitationLinks => Set<InvitationLink>();
    public DbSet<InvitationLogEntry> InvitationLog => Set<InvitationLogEntry>();
    public DbSet<WebinarSeries> WebinarSeries => Set<WebinarSeries>();
    public DbSet<ProposedDate> ProposedDates => Set<ProposedDate>();
    public DbSet<DateAnswer> DateAnswers => Set<DateAnswer>();
    public DbSet<AgendaSlot> AgendaSlots => Set<AgendaSlot>();
    public DbSet<StockUpdate> StockUpdates => Set<StockUpdate>();
    public DbSet<RoomSession> RoomSessions => Set<RoomSession>();
    public DbSet<RoomVisit> RoomVisits => Set<RoomVisit>();
    public DbSet<RaisedHand> RaisedHands => Set<RaisedHand>();
    public DbSet<RoomQuestion> RoomQuestions => Set<RoomQuestion>();
    public DbSet<QuestionVote> QuestionVotes => Set<QuestionVote>();
    public DbSet<RoomPoll> RoomPolls => Set<RoomPoll>();
    public DbSet<PollVote> PollVotes => Set<PollVote>();
    public DbSet<WebinarMaterial> WebinarMaterials => Set<WebinarMaterial>();
    public DbSet<SurveyAnswer> SurveyAnswers => Set<SurveyAnswer>();
    public DbSet<InboundMail> InboundMails => Set<InboundMail>();
    public DbSet<Reminder> Reminders => Set<Reminder>();
    public DbSet<NetworkHoliday> NetworkHolidays => Set<NetworkHoliday>();
    public DbSet<Unsubscription> Unsubscribed => Set<Unsubscription>();
    public DbSet<Objective> Objectives => Set<Objective>();
    public DbSet<Activity> Activities => Set<Activity>();
    public DbSet<Milestone> Milestones => Set<Milestone>();
    public DbSet<MilestoneReview> MilestoneReviews => Set<MilestoneReview>();
    public DbSet<ReviewPartner> ReviewPartners => Set<ReviewPartner>();
    public DbSet<ReviewAnswer> ReviewAnswers => Set<ReviewAnswer>();
    public DbSet<ReviewRating> ReviewRatings => Set<ReviewRating>();
    public DbSet<Lesson> Lessons => Set<Lesson>();
    public DbSet<Dissemination> Disseminations => Set<Dissemination>();
    public DbSet<Contribution> Contributions => Set<Contribution>();
    public DbSet<RegisterText> RegisterTexts => Set<RegisterText>();
    public DbSet<QuarterlyUpdate> QuarterlyUpdates => Set<QuarterlyUpdate>();
    public DbSet<UpdateItem> UpdateItems => Set<UpdateItem>();
    public DbSet<UpdateLogEntry> UpdateLog => Set<UpdateLogEntry>();
    public DbSet<Nudge> Nudges => Set<Nudge>();
    public DbSet<AliveAnswer> AliveAnswers => Set<AliveAnswer>();
    public DbSet<PersonLink> PersonLinks => Set<PersonLink>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();
    public DbSet<Email> Emails => Set<Email>();
    public DbSet<MailboxEntry> Mailbox => Set<MailboxEntry>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<FileContent> FileContents => Set<FileContent>();
    public DbSet<ContentPreview> ContentPreviews => Set<ContentPreview>();
    public DbSet<GroupStorage> GroupStorage => Set<GroupStorage>();
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<DocumentFolder> DocumentFolders => Set<DocumentFolder>();
    public DbSet<SharedDocument> Documents => Set<SharedDocument>();
    public DbSet<DocumentVersion> DocumentVersions => Set<DocumentVersion>();
    public DbSet<DocumentComment> DocumentComments => Set<DocumentComment>();
    public DbSet<DocumentView> DocumentViews => Set<DocumentView>();
    public DbSet<DocumentNews> DocumentNews => Set<DocumentNews>();
    public DbSet<DocumentTemplate> DocumentTemplates => Set<DocumentTemplate>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<Installation> Installations => Set<Installation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var model = modelBuilder;
        model.Entity<Installation>().ToTable("installation").HasKey(x => x.OnlyRow);
        model.Entity<NetworkRole>().HasKey(x => new { x.NetworkId, x.PersonId, x.Role });
        model.Entity<OrganisationPerson>().HasKey(x => new { x.OrganisationId, x.PersonId });
        model.Entity<TwinningGroup>().ToTable("twinning_groups");
        model.Entity<GroupPartner>().HasKey(x => new { x.GroupId, x.OrganisationId });
        model.Entity<Membership>().HasKey(x => new { x.GroupId, x.PersonId });
        model.Entity<ReadPosition>().HasKey(x => new { x.ChannelId, x.PersonId });
        model.Entity<SignInLink>().HasKey(x => x.Hash);
        model.Entity<RsvpAddress>().HasKey(x => x.Token);
        model.Entity<InvitationLink>().HasKey(x => x.Hash);
        model.Entity<InvitationLogEntry>().ToTable("invitation_log");
        model.Entity<Unsubscription>().ToTable("unsubscribed").HasKey(x => new { x.PersonId, x.Kind });
        model.Entity<CalendarFeed>().HasKey(x => x.Hash);
        model.Entity<Webinar>().Property(x => x.StartsLocal).HasColumnType("timestamp without time zone");
        model.Entity<ProposedDate>().Property(x => x.StartsLocal).HasColumnType("timestamp without time zone");
        model.Entity<DateAnswer>().HasKey(x => new { x.DateId, x.InvitationId });
        model.Entity<StockUpdate>().HasKey(x => x.MessageId);
        model.Entity<RaisedHand>().ToTable("room_hands").HasKey(x => new { x.WebinarId, x.PersonId });
        model.Entity<QuestionVote>().HasKey(x => new { x.QuestionId, x.PersonId });
        model.Entity<PollVote>().HasKey(x => new { x.PollId, x.PersonId });
        model.Entity<SurveyAnswer>().HasKey(x => new { x.WebinarId, x.PersonId });
        model.Entity<Network>().Ignore(x => x.Steps);
        model.Entity<QuarterlyUpdate>().Ignore(x => x.Period);
        model.Entity<NetworkHoliday>().HasKey(x => new { x.NetworkId, x.Country, x.Day });
        model.Entity<ReviewPartner>().HasKey(x => new { x.ReviewId, x.OrganisationId });
        model.Entity<ReviewAnswer>().HasKey(x => new { x.ReviewId, x.OrganisationId });
        model.Entity<ReviewRating>().HasKey(x => new { x.ReviewId, x.OrganisationId, x.ObjectiveId });
        model.Entity<RegisterText>().HasKey(x => new { x.GroupId, x.Field });
        model.Entity<UpdateItem>().HasKey(x => new { x.UpdateId, x.Kind, x.SourceId });
        model.Entity<UpdateItem>().Property(x => x.Facts).HasColumnType("jsonb");
        model.Entity<UpdateLogEntry>().ToTable("update_log");
        model.Entity<AliveAnswer>().HasKey(x => new { x.GroupId, x.PersonId, x.AnsweredAt });
        model.Entity<FileContent>().HasKey(x => x.Hash);
        model.Entity<ContentPreview>().HasKey(x => new { x.Hash, x.Size });
        model.Entity<GroupStorage>().ToTable("group_storage").HasKey(x => x.GroupId);
        model.Entity<SharedDocument>().ToTable("documents");
        model.Entity<DocumentVersion>().HasKey(x => new { x.DocumentId, x.Number });
        model.Entity<DocumentView>().HasKey(x => new { x.DocumentId, x.PersonId });
        model.Entity<PersonLink>().HasKey(x => x.Hash);
        model.Entity<AuditEntry>().ToTable("audit_log");
        model.Entity<MailboxEntry>().ToTable("mailbox");
        model.Entity<Email>().Property(x => x.About).HasColumnType("jsonb");
        model.Entity<Node>().ToTable("nodes");
        model.Entity<PresenceRow>().ToTable("presence").HasKey(x => new { x.NodeId, x.PersonId });
        References(model);
        foreach (var entity in model.Model.GetEntityTypes())
        {
            NameLikeSql(entity);
        }
    }

    /// <summary>The foreign keys, so that rows are written in an order the database accepts.</summary>
    private static void References(ModelBuilder model)
    {
        model.Entity<NetworkRole>().HasOne<Network>().WithMany().HasForeignKey(x => x.NetworkId);
        model.Entity<NetworkRole>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Organisation>().HasOne<Network>().WithMany().HasForeignKey(x => x.NetworkId);
        model.Entity<OrganisationPerson>().HasOne<Organisation>().WithMany().HasForeignKey(x => x.OrganisationId);
        model.Entity<OrganisationPerson>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<TwinningGroup>().HasOne<Network>().WithMany().HasForeignKey(x => x.NetworkId);
        model.Entity<GroupPartner>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<GroupPartner>().HasOne<Organisation>().WithMany().HasForeignKey(x => x.OrganisationId);
        model.Entity<Membership>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<Membership>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Membership>().HasOne<Organisation>().WithMany().HasForeignKey(x => x.OrganisationId);
        model.Entity<Channel>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<SignInLink>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Session>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<AccessToken>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Webinar>().HasOne<Network>().WithMany().HasForeignKey(x => x.NetworkId);
        model.Entity<Webinar>().HasOne<Person>().WithMany().HasForeignKey(x => x.OrganiserId);
        model.Entity<RsvpAddress>().HasOne<Network>().WithMany().HasForeignKey(x => x.NetworkId);
        model.Entity<RsvpAddress>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Invitation>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<Invitation>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Invitation>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<Invitation>().HasOne<RsvpAddress>().WithMany().HasForeignKey(x => x.RsvpToken);
        model.Entity<InvitationLink>().HasOne<Invitation>().WithMany().HasForeignKey(x => x.InvitationId);
        model.Entity<InvitationLogEntry>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<InvitationLogEntry>().HasOne<Invitation>().WithMany().HasForeignKey(x => x.InvitationId);
        model.Entity<WebinarSeries>().HasOne<Network>().WithMany().HasForeignKey(x => x.NetworkId);
        model.Entity<WebinarSeries>().HasOne<Person>().WithMany().HasForeignKey(x => x.OrganiserId);
        model.Entity<Webinar>().HasOne<WebinarSeries>().WithMany().HasForeignKey(x => x.SeriesId);
        model.Entity<ProposedDate>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<DateAnswer>().HasOne<ProposedDate>().WithMany().HasForeignKey(x => x.DateId);
        model.Entity<DateAnswer>().HasOne<Invitation>().WithMany().HasForeignKey(x => x.InvitationId);
        model.Entity<AgendaSlot>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<AgendaSlot>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<StockUpdate>().HasOne<AgendaSlot>().WithMany().HasForeignKey(x => x.SlotId);
        model.Entity<StockUpdate>().HasOne<Message>().WithMany().HasForeignKey(x => x.MessageId);
        model.Entity<StockUpdate>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<RoomSession>().HasOne<Invitation>().WithMany().HasForeignKey(x => x.InvitationId);
        model.Entity<RoomVisit>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<RoomVisit>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<RaisedHand>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<RaisedHand>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<RoomQuestion>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<RoomQuestion>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<QuestionVote>().HasOne<RoomQuestion>().WithMany().HasForeignKey(x => x.QuestionId);
        model.Entity<QuestionVote>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<RoomPoll>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<PollVote>().HasOne<RoomPoll>().WithMany().HasForeignKey(x => x.PollId);
        model.Entity<PollVote>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<WebinarMaterial>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<SurveyAnswer>().HasOne<Webinar>().WithMany().HasForeignKey(x => x.WebinarId);
        model.Entity<SurveyAnswer>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Reminder>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Reminder>().HasOne<Email>().WithMany().HasForeignKey(x => x.EmailId);
        model.Entity<Reminder>().HasOne<Organisation>().WithMany().HasForeignKey(x => x.OrganisationId);
        model.Entity<NetworkHoliday>().HasOne<Network>().WithMany().HasForeignKey(x => x.NetworkId);
        model.Entity<Objective>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<Milestone>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<MilestoneReview>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<MilestoneReview>().HasOne<Milestone>().WithMany().HasForeignKey(x => x.MilestoneId);
        model.Entity<Activity>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<Activity>().HasOne<Organisation>().WithMany().HasForeignKey(x => x.OrganisationId);
        model.Entity<Activity>().HasOne<Person>().WithMany().HasForeignKey(x => x.AssigneeId);
        model.Entity<Activity>().HasOne<Objective>().WithMany().HasForeignKey(x => x.ObjectiveId);
        model.Entity<Activity>().HasOne<Milestone>().WithMany().HasForeignKey(x => x.MilestoneId);
        model.Entity<Activity>().HasOne<MilestoneReview>().WithMany().HasForeignKey(x => x.ReviewId);
        model.Entity<ReviewPartner>().HasOne<MilestoneReview>().WithMany().HasForeignKey(x => x.ReviewId);
        model.Entity<ReviewPartner>().HasOne<Organisation>().WithMany().HasForeignKey(x => x.OrganisationId);
        model.Entity<ReviewAnswer>().HasOne<MilestoneReview>().WithMany().HasForeignKey(x => x.ReviewId);
        model.Entity<ReviewRating>().HasOne<ReviewAnswer>().WithMany().HasForeignKey(x => new { x.ReviewId, x.OrganisationId });
        model.Entity<ReviewRating>().HasOne<Objective>().WithMany().HasForeignKey(x => x.ObjectiveId);
        model.Entity<Lesson>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<Dissemination>().HasOne<Lesson>().WithMany().HasForeignKey(x => x.LessonId);
        model.Entity<Contribution>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<RegisterText>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<QuarterlyUpdate>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<QuarterlyUpdate>().HasOne<Person>().WithMany().HasForeignKey(x => x.SubmittedBy);
        model.Entity<UpdateItem>().HasOne<QuarterlyUpdate>().WithMany().HasForeignKey(x => x.UpdateId);
        model.Entity<UpdateLogEntry>().HasOne<QuarterlyUpdate>().WithMany().HasForeignKey(x => x.UpdateId);
        model.Entity<Nudge>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<Nudge>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Nudge>().HasOne<Email>().WithMany().HasForeignKey(x => x.EmailId);
        model.Entity<AliveAnswer>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<PersonLink>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<Unsubscription>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        model.Entity<ContentPreview>().HasOne<FileContent>().WithMany().HasForeignKey(x => x.Hash);
        model.Entity<Upload>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<DocumentFolder>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<DocumentFolder>().HasOne<DocumentFolder>().WithMany().HasForeignKey(x => x.ParentId);
        model.Entity<SharedDocument>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<SharedDocument>().HasOne<DocumentFolder>().WithMany().HasForeignKey(x => x.FolderId);
        model.Entity<SharedDocument>().HasOne<FileContent>().WithMany().HasForeignKey(x => x.Hash);
        model.Entity<SharedDocument>().HasOne<Attachment>().WithMany().HasForeignKey(x => x.AttachmentId);
        model.Entity<DocumentVersion>().HasOne<SharedDocument>().WithMany().HasForeignKey(x => x.DocumentId);
        model.Entity<DocumentComment>().HasOne<SharedDocument>().WithMany().HasForeignKey(x => x.DocumentId);
        model.Entity<DocumentNews>().HasOne<SharedDocument>().WithMany().HasForeignKey(x => x.DocumentId);
        model.Entity<DocumentTemplate>().HasOne<Network>().WithMany().HasForeignKey(x => x.NetworkId);
        model.Entity<Attachment>().HasOne<TwinningGroup>().WithMany().HasForeignKey(x => x.GroupId);
        model.Entity<CalendarFeed>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<LocalizedText>().HaveConversion<LocalizedTextConverter>().HaveColumnType("jsonb");

    private static void NameLikeSql(IMutableEntityType entity)
    {
        entity.SetTableName(SnakeCase(entity.GetTableName()!));
        foreach (var property in entity.GetProperties())
        {
            property.SetColumnName(SnakeCase(property.Name));
        }
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 && name[i - 1] != '_' ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}

/// <summary>A localised text as a JSON object of language and text.</summary>
public sealed class LocalizedTextConverter()
    : Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<LocalizedText, string>(text => text.ToJson(), json => LocalizedText.FromJson(json));
