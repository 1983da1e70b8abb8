import type { BusinessLine, Category, Limit, Question } from '../../domain/category';

/**
 * The categories a new installation starts with: what old courtyards really have, in six groups. Limits are our
 * defaults and no law; an administrator edits the table afterwards. C11 stays free: what residents ask for has
 * types of its own. No question asks for a name, a number or anything else about a person.
 * Long because it is a table.
 */

type Option = [key: string, zh: string, en: string];
type Extras = Partial<Pick<Category, 'afterPhoto' | 'publicFacility' | 'quickReport' | 'questions'>>;
type Ungrouped = Omit<Category, 'group'>;

const workHours = (count: number): Limit => ({ count, unit: 'workHour' });
const workDays = (count: number): Limit => ({ count, unit: 'workDay' });
const hours = (count: number): Limit => ({ count, unit: 'hour' });
const days = (count: number): Limit => ({ count, unit: 'day' });

function inGroup(zh: string, en: string, categories: Ungrouped[]): Category[] {
  return categories.map((category) => ({ ...category, group: { zh, en } }));
}

function category(
  code: string,
  zh: string,
  en: string,
  line: BusinessLine,
  limit: Limit,
  extras: Extras = {}
): Ungrouped {
  return {
    code,
    words: { zh, en },
    line,
    limit,
    afterPhoto: 'suggested',
    publicFacility: false,
    quickReport: false,
    questions: [],
    ...extras
  };
}

function choice(key: string, zh: string, en: string, ...options: Option[]): Question {
  const words = options.map(([option, optionZh, optionEn]) => ({
    key: option,
    words: { zh: optionZh, en: optionEn }
  }));
  return { key, words: { zh, en }, answer: { kind: 'choice', options: words } };
}

const other: Option = ['other', '其他', 'Other'];
const unknown: Option = ['unknown', '不清楚', 'Not known'];
const yes: Option = ['yes', '是', 'Yes'];
const no: Option = ['no', '否', 'No'];

const whatIsWrong = (...options: Option[]) => choice('state', '怎么了', 'What is wrong?', ...options);
const whichKind = (...options: Option[]) => choice('kind', '哪种情况', 'What is it?', ...options);
const whatAbout = (...options: Option[]) => choice('cause', '因为什么', 'What about?', ...options);
const isGuarded = choice('guarded', '已经围挡了吗', 'Is it fenced off?', yes, no);

/** Shared by both kinds of dispute: how many, how heated, and how it stands now. */
const howTheDisputeStands: Question[] = [
  choice(
    'parties',
    '涉及几方',
    'How many parties?',
    ['two', '两方', 'Two'],
    ['three', '三方', 'Three'],
    ['more', '更多', 'More']
  ),
  choice(
    'level',
    '激烈程度',
    'How heated?',
    ['words', '口角', 'Words only'],
    ['heated', '争吵激烈', 'Heated'],
    ['risk', '可能动手', 'May turn violent']
  ),
  choice(
    'calmNow',
    '现在平静了吗',
    'Is it calm now?',
    ['calm', '已平静', 'Calm'],
    ['tense', '还在争', 'Still going on'],
    ['helpNeeded', '需要马上来人', 'Someone is needed now']
  )
];

export const starterCategories: Category[] = [
  ...inGroup('公共设施', 'Public facilities', [
    category('C01', '公共设施损坏', 'Damaged public facility', 'cityManagement', workDays(3), {
      publicFacility: true,
      questions: [
        choice(
          'what',
          '是什么',
          'What is it?',
          ['fitness', '健身器材', 'Fitness gear'],
          ['bench', '桌椅', 'Bench or table'],
          ['railing', '栏杆扶手', 'Railing'],
          ['gate', '大门门禁', 'Gate or entry lock'],
          other
        ),
        whatIsWrong(['loose', '松动', 'Loose'], ['broken', '损坏', 'Broken'], ['missing', '缺失', 'Missing'])
      ]
    }),
    category('C13', '井盖', 'Manhole cover', 'cityManagement', workHours(4), {
      afterPhoto: 'required',
      publicFacility: true,
      questions: [
        whatIsWrong(
          ['missing', '缺失', 'Missing'],
          ['broken', '破损', 'Broken'],
          ['loose', '松动', 'Loose'],
          ['sunken', '下沉或凸起', 'Sunken or raised'],
          ['noisy', '响动', 'Rattling']
        ),
        isGuarded
      ]
    }),
    category('C14', '路灯', 'Street light', 'cityManagement', workDays(3), {
      publicFacility: true,
      questions: [
        { key: 'count', words: { zh: '几盏不亮', en: 'How many are dark?' }, answer: { kind: 'number' } }
      ]
    }),
    category('C15', '路面塌陷、积水', 'Road sunken or flooded', 'cityManagement', workDays(1), {
      afterPhoto: 'required',
      publicFacility: true,
      questions: [
        whatIsWrong(
          ['sunken', '塌陷', 'Sunken'],
          ['hole', '坑洞', 'Hole'],
          ['flooded', '积水', 'Standing water']
        ),
        choice(
          'passable',
          '还能走吗',
          'Can one pass?',
          ['yes', '能走', 'Yes'],
          ['onFoot', '车不能过', 'On foot only'],
          ['no', '人车都不能过', 'No']
        ),
        isGuarded
      ]
    }),
    category('C16', '下水道、化粪池堵溢', 'Blocked drain or septic tank', 'cityManagement', workDays(1), {
      publicFacility: true,
      questions: [
        choice(
          'where',
          '溢到哪里',
          'Where does it spill?',
          ['nowhere', '堵了没溢', 'Blocked, no spill'],
          ['road', '路面', 'On the road'],
          ['indoors', '室内', 'Indoors']
        )
      ]
    }),
    category('C30', '养老助残设施', 'Age and access facility', 'civilAffairs', workDays(5), {
      publicFacility: true
    }),
    category('C31', '党群阵地、宣传栏', 'Party centre, notice board', 'party', workDays(5), {
      publicFacility: true
    })
  ]),

  ...inGroup('安全消防', 'Safety and fire', [
    category('C18', '安全隐患', 'Safety hazard', 'emergency', workDays(1), {
      quickReport: true,
      questions: [
        choice(
          'kind',
          '哪种隐患',
          'What kind?',
          ['fire', '火', 'Fire'],
          ['power', '电', 'Electricity'],
          ['fall', '坠落坍塌', 'Falling or collapse'],
          ['water', '水', 'Water'],
          other
        ),
        choice(
          'danger',
          '现在危险吗',
          'Is it dangerous now?',
          ['now', '马上有危险', 'Yes, right now'],
          ['soon', '可能出事', 'It may become so'],
          ['low', '不急', 'Not urgent']
        ),
        choice(
          'done',
          '已经做了什么',
          'What was done?',
          ['guarded', '已围挡提醒', 'Fenced or warned'],
          ['told', '已告知物业', 'Property firm told'],
          ['nothing', '还没有', 'Nothing yet']
        )
      ]
    }),
    category('C02', '消防通道、楼道堆物', 'Blocked fire route or stairs', 'emergency', workDays(1)),
    category('C03', '飞线充电', 'Charging by hanging cable', 'emergency', workDays(1)),
    category('C19', '电动车进楼', 'E-bike inside a building', 'emergency', workDays(1)),
    category('C20', '燃气隐患', 'Gas hazard', 'emergency', hours(2), {
      questions: [
        whichKind(
          ['smell', '闻到气味', 'Smell of gas'],
          ['pipe', '管道锈蚀破损', 'Damaged pipe'],
          ['bottle', '气瓶存放不当', 'Bottle kept badly'],
          other
        )
      ]
    }),
    category('C10', '高空抛物', 'Objects thrown from above', 'emergency', workDays(1))
  ]),

  ...inGroup('房屋电梯', 'Buildings and lifts', [
    category('C17', '电梯', 'Lift', 'market', hours(4), {
      questions: [
        choice('trapped', '有人被困吗', 'Is anyone trapped?', yes, no, unknown),
        whatIsWrong(
          ['stopped', '停运', 'Stopped'],
          ['shaking', '抖动异响', 'Shaking or noisy'],
          ['doors', '门或按钮坏', 'Doors or buttons'],
          other
        )
      ]
    }),
    category('C21', '墙面脱落、漏水', 'Falling plaster or leak', 'cityManagement', workDays(3), {
      questions: [
        whichKind(
          ['plaster', '墙皮瓷砖脱落', 'Plaster or tiles falling'],
          ['leak', '漏水', 'Leak'],
          ['crack', '开裂', 'Crack']
        ),
        choice('overPath', '下面有人走吗', 'Do people pass below?', yes, no)
      ]
    }),
    category('C06', '违建', 'Illegal building', 'cityManagement', workDays(7))
  ]),

  ...inGroup('市容环境', 'Street and surroundings', [
    category('C04', '环境卫生', 'Litter and cleanliness', 'cityManagement', workHours(4)),
    category('C05', '占道经营', 'Trading on the pavement', 'cityManagement', workHours(4)),
    category('C23', '单车乱停', 'Badly parked bikes', 'cityManagement', workHours(4)),
    category('C22', '小广告', 'Illegal stickers', 'cityManagement', workDays(1)),
    category('C24', '油烟', 'Cooking fumes', 'cityManagement', workDays(3)),
    category('C25', '噪声', 'Noise', 'security', workDays(1), { afterPhoto: 'no' })
  ]),

  ...inGroup('树木动物', 'Trees and animals', [
    category('C26', '树木', 'Trees', 'cityManagement', workDays(3), { publicFacility: true }),
    category('C27', '犬只', 'Dogs', 'security', workDays(1), { afterPhoto: 'no' }),
    category('C28', '鼠患、白蚁', 'Rats or termites', 'health', workDays(3))
  ]),

  ...inGroup('纠纷与其他', 'Disputes and other', [
    category('C07', '邻里纠纷', 'Dispute among neighbours', 'security', days(7), {
      afterPhoto: 'no',
      quickReport: true,
      questions: [
        whatAbout(
          ['noise', '噪声', 'Noise'],
          ['leak', '漏水', 'Leak'],
          ['space', '占用公共地方', 'Shared space'],
          ['parking', '停车', 'Parking'],
          other
        ),
        ...howTheDisputeStands
      ]
    }),
    category('C08', '物业纠纷', 'Dispute with property firm', 'security', days(7), {
      afterPhoto: 'no',
      quickReport: true,
      questions: [
        whatAbout(
          ['fees', '收费', 'Fees'],
          ['repairs', '维修', 'Repairs'],
          ['parking', '停车', 'Parking'],
          ['service', '服务', 'Service'],
          other
        ),
        ...howTheDisputeStands
      ]
    }),
    category('C09', '电信诈骗', 'Phone or online fraud', 'security', hours(1), {
      afterPhoto: 'no',
      quickReport: true,
      questions: [
        choice(
          'channel',
          '通过什么',
          'By what channel?',
          ['call', '电话', 'Phone call'],
          ['message', '短信', 'Text message'],
          ['chat', '微信、QQ', 'WeChat or QQ'],
          ['app', '网站、App', 'Website or app'],
          ['visit', '上门、讲座', 'Visit or sales talk']
        ),
        choice(
          'paid',
          '转钱了吗',
          'Was money paid?',
          ['no', '没有', 'No'],
          ['today', '24 小时内转了', 'Yes, within 24 hours'],
          ['earlier', '更早转的', 'Yes, earlier'],
          unknown
        ),
        choice('policeTold', '报警了吗', 'Do the police know?', yes, no, unknown)
      ]
    }),
    category('C12', '其他', 'Other', 'petitions', workDays(3))
  ])
];
